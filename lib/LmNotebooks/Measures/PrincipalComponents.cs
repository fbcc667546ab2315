using MathNet.Numerics.LinearAlgebra;

namespace LmNotebooks.Measures;

/// <summary>Vectors seen along the two directions in which they vary most (Pearson 1901).</summary>
/// <param name="Coordinates">Of each vector, from the mean of all. The vector farthest out along a direction is on its
/// positive side.</param>
/// <param name="Shares">Share of the variance along each direction, the largest first; they sum to one, and there are
/// as many as a vector has numbers.</param>
public sealed record PrincipalComponents(IReadOnlyList<(double X, double Y)> Coordinates, IReadOnlyList<double> Shares)
{
    private const double Tie = 1e-9;

    /// <exception cref="ArgumentException">The vectors do not differ, or have fewer than two numbers, or not equally
    /// many.</exception>
    public static PrincipalComponents Of(IReadOnlyList<double[]> vectors)
    {
        if (vectors.Count == 0 || vectors[0].Length < 2 || vectors.All(v => v.SequenceEqual(vectors[0]))
            || vectors.Any(v => v.Length != vectors[0].Length))
            throw new ArgumentException("Principal components are of vectors that differ and have equally many "
                + "numbers, two at least: these do not.");
        var rows = Matrix<double>.Build.DenseOfRowArrays(vectors);
        var mean = rows.ColumnSums() / rows.RowCount;
        rows.MapIndexedInplace((_, column, value) => value - mean[column]);
        var directions = rows.TransposeThisAndMultiply(rows).Evd(Symmetricity.Symmetric);   // ascending
        var variances = directions.EigenValues.Select(e => Math.Max(0, e.Real)).Reverse().ToList();
        Vector<double> Along(int k)
        {
            var along = rows * directions.EigenVectors.Column(rows.ColumnCount - 1 - k);
            var farthest = along.AbsoluteMaximum();   // of those equally far, up to rounding, the first decides
            return along.First(c => Math.Abs(c) >= (1 - Tie) * farthest) < 0 ? -along : along;
        }
        return new PrincipalComponents([.. Along(0).Zip(Along(1))], [.. variances.Select(v => v / variances.Sum())]);
    }
}
