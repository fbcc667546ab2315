using MathNet.Numerics.LinearAlgebra;

namespace LmNotebooks.Measures;

/// <summary>A linear function with a constant from one kind of vectors to another, fitted by ridge regression (Hoerl
/// and Kennard 1970). How strong the ridge is, is what predicts the pairs best of which each group is left out in
/// turn.</summary>
public sealed class LinearMap
{
    private static readonly double[] Ridges = [0.01, 0.1, 1, 10, 100];   // of the inputs' mean square

    private readonly Matrix<double> weights;     // [inputs + 1, outputs]; the last row is the constant

    private LinearMap(Matrix<double> weights) => this.weights = weights;

    /// <param name="pairs">Inputs and outputs, and what must be left out together: several pairs of one word, say. Two
    /// groups at least.</param>
    /// <exception cref="ArgumentException">There are fewer than two groups.</exception>
    public static LinearMap Fit<TGroup>(IReadOnlyList<(TGroup Group, double[] Input, double[] Output)> pairs)
    {
        var groups = pairs.GroupBy(p => p.Group).Select(g => g.ToList()).ToList();
        if (groups.Count < 2)
            throw new ArgumentException($"A map is fitted to {groups.Count} groups: give it two, or nothing tells how "
                + "strong its ridge must be.");
        var best = Ridges.MinBy(ridge => groups.Sum(left =>
        {
            var map = Fit([.. groups.Where(g => g != left).SelectMany(g => g)], ridge);
            return left.Sum(p => map.Of(p.Input).Zip(p.Output, (a, b) => (a - b) * (a - b)).Sum());
        }));
        return Fit(pairs, best);
    }

    /// <summary>The output for an input.</summary>
    public double[] Of(double[] input) =>
        [.. weights.LeftMultiply(Vector<double>.Build.DenseOfEnumerable(input.Append(1)))];

    /// <remarks>The constant has no ridge.</remarks>
    private static LinearMap Fit<TGroup>(IReadOnlyList<(TGroup, double[] Input, double[] Output)> pairs, double ridge)
    {
        var inputs = Matrix<double>.Build.DenseOfRows(pairs.Select(p => p.Input));
        var outputs = Matrix<double>.Build.DenseOfRows(pairs.Select(p => p.Output));
        var (meanIn, meanOut) = (inputs.ColumnSums() / pairs.Count, outputs.ColumnSums() / pairs.Count);
        inputs = inputs.MapIndexed((_, c, value) => value - meanIn[c], Zeros.Include);
        outputs = outputs.MapIndexed((_, c, value) => value - meanOut[c], Zeros.Include);
        var squares = inputs.TransposeThisAndMultiply(inputs);
        var strength = Math.Max(ridge * squares.Trace() / squares.RowCount, double.Epsilon);
        for (var i = 0; i < squares.RowCount; i++) squares[i, i] += strength;
        var slope = squares.Cholesky().Solve(inputs.TransposeThisAndMultiply(outputs));
        return new(slope.InsertRow(slope.RowCount, meanOut - meanIn * slope));
    }
}
