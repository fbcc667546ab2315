using MathNet.Numerics.LinearAlgebra;

namespace LmNotebooks.Measures;

/// <summary>How linearly a vector of numbers stands in the state of a network, as a probe of one linear layer finds it
/// (Alain and Bengio 2017). Shai et al. (2024) find that the states of Transformers hold their exact belief about the
/// hidden causes of a text in this way.</summary>
public static class LinearReadout
{
    // Of the states' mean variance, in each direction. What float32 rounds stays below it, as in the direction that a
    // layer norm takes away; the regression would read even that.
    private const double Ridge = 1e-8;

    private const double Least = 1e-100;   // where no state differs from another, there is still an inverse

    /// <summary>The share of the targets' variance that a linear function of the states explains, R^2 = 1 - SSE / SST,
    /// with both sums over all values of the targets, and SST about the means of those that it was fitted to. It is
    /// fitted by least squares, with a constant. 1 where it says the targets, about 0 where it knows no more than their
    /// means, and below where it has learned what is no rule: of N pairs with states of C numbers that say nothing,
    /// about -C / N. NaN where the targets that it is asked for are these means.</summary>
    /// <param name="fitted">What it is fitted to, a state and a target each; more than a state has numbers.</param>
    /// <param name="asked">Others, which it is judged by.</param>
    /// <exception cref="ArgumentException">There are none, or states or targets that are not equally
    /// long.</exception>
    public static double RSquared(IReadOnlyList<(double[] State, double[] Target)> fitted,
        IReadOnlyList<(double[] State, double[] Target)> asked)
    {
        if (fitted.Count == 0 || asked.Count == 0 || fitted.Concat(asked).DistinctBy(p =>
            (p.State.Length, p.Target.Length)).Count() > 1)
            throw new ArgumentException("A linear readout is fitted to some pairs of a state and a target and asked "
                + "for others, all of which have equally long states and equally long targets: these do not.");
        var (states, targets) = (Rows(fitted.Select(p => p.State)), Rows(fitted.Select(p => p.Target)));
        var (meanState, meanTarget) = (states.ColumnSums() / fitted.Count, targets.ColumnSums() / fitted.Count);
        (states, targets) = (From(meanState, states), From(meanTarget, targets));
        var squares = states.TransposeThisAndMultiply(states);
        var ridge = Math.Max(Ridge * squares.Trace() / squares.RowCount, Least);
        var weights = (squares + Matrix<double>.Build.DenseDiagonal(squares.RowCount, ridge)).Cholesky()
            .Solve(states.TransposeThisAndMultiply(targets));

        var right = From(meanTarget, Rows(asked.Select(p => p.Target)));
        var said = From(meanState, Rows(asked.Select(p => p.State))) * weights;
        return 1 - SumOfSquares(right - said) / SumOfSquares(right) is var share && double.IsFinite(share) ? share
            : double.NaN;
    }

    private static Matrix<double> Rows(IEnumerable<double[]> rows) => Matrix<double>.Build.DenseOfRowArrays(rows);

    private static Matrix<double> From(Vector<double> mean, Matrix<double> rows) =>
        rows.MapIndexed((_, column, value) => value - mean[column], Zeros.Include);

    private static double SumOfSquares(Matrix<double> of) => of.PointwiseMultiply(of).ColumnSums().Sum();
}
