namespace LmNotebooks.Tests.Measures;

/// <summary>Data that textbooks have worked through.</summary>
internal static class Published
{
    /// <summary>Student 1908: extra hours of sleep of ten patients, first drug minus second. R's t.test prints t =
    /// -4.0621, p = 0.002833, interval -2.4598858 to -0.7001142.</summary>
    public static double[] Sleep { get; } = [-1.2, -2.4, -1.3, -1.3, 0, -1.0, -1.8, -0.8, -4.6, -1.4];
}
