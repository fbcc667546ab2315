using static TorchSharp.torch;

namespace LmNotebooks.Practice;

/// <summary>What an answer gave, as numbers for a judge; NaN where it gave nothing.</summary>
internal static class Seen
{
    public static IEnumerable<double> Of(IEnumerable<double>? values) =>
        values?.ToList() is { } all ? [all.Count, .. all] : [double.NaN];

    public static IEnumerable<double> Of(IEnumerable<int>? values) => Of(values?.Select(v => (double)v));

    public static IEnumerable<double> Of(bool[,]? table) => table is null ? [double.NaN]
        : [table.GetLength(0), table.GetLength(1), .. table.Cast<bool>().Select(sees => sees ? 1.0 : 0)];

    /// <summary>Its shape, then its values.</summary>
    public static IEnumerable<double> OfTensor(Tensor? tensor) => tensor is null ? [double.NaN]
        : [.. tensor.shape.Select(d => (double)d),
            .. tensor.detach().to(float64).contiguous().flatten().data<double>().ToArray()];
}
