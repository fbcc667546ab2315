using LmNotebooks.Charts;
using static TorchSharp.torch;

namespace LmNotebooks.Practice;

/// <summary>What an answer gave, as numbers for a judge; NaN where it gave nothing.</summary>
internal static class Seen
{
    public static IEnumerable<double> Of(IEnumerable<double>? values) =>
        values?.ToList() is { } all ? [all.Count, .. all] : [double.NaN];

    public static IEnumerable<double> Of(IEnumerable<int>? values) => Of(values?.Select(v => (double)v));

    /// <summary>A tensor's shape, then its values.</summary>
    public static IEnumerable<double> OfTensor(Tensor? tensor) => tensor is null ? [double.NaN]
        : [.. tensor.shape.Select(d => (double)d), .. tensor.flatten().Row()];
}
