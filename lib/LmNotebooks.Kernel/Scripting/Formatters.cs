using System.Globalization;
using Microsoft.DotNet.Interactive.Formatting;
using TorchSharp;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>How values of types that we do not own are shown.</summary>
internal static class Formatters
{
    private const int FirstValues = 8;
    private const string Plain = "text/plain";

    static Formatters()
    {
        PlotlyChart.Register();
        Formatter.Register<torch.Tensor>(Describe, Plain);
        var plain = typeof(int).Assembly.GetExportedTypes().Where(t => Table.IsPlain(t) && !t.IsEnum);
        foreach (var type in plain.Append(typeof(Enum)).Append(typeof(torch.Tensor)))
            Formatter.SetPreferredMimeTypesFor(type, Plain);
    }

    /// <summary>The mime types that a value is shown in where none is asked for.</summary>
    public static IEnumerable<string> Preferred(object? value) => Formatter.GetPreferredMimeTypesFor(value?.GetType());

    /// <summary>Whether somebody wrote a formatter for this type, or for one that it derives from: then that one shows
    /// it.</summary>
    public static bool HasAuthor(Type type) =>
        type.GetCustomAttributes(inherit: true).Any(a => a.GetType().Name == nameof(TypeFormatterSourceAttribute))
        || Formatter.RegisteredFormatters(includeDefaults: false)
            .Any(f => f.Type != typeof(object) && f.Type.IsAssignableFrom(type));

    /// <summary>Shape, element type, device and the first values in row order.</summary>
    private static string Describe(torch.Tensor tensor)
    {
        var head = $"Tensor [{string.Join(", ", tensor.shape)}] {tensor.dtype} {tensor.device}";
        if (tensor.device.type == DeviceType.META || tensor.numel() == 0) return head;
        using var scope = torch.NewDisposeScope();
        var count = Math.Min(FirstValues, tensor.numel());
        var first = tensor.detach().flatten()[torch.TensorIndex.Slice(0, count)].cpu();
        var values = Enumerable.Range(0, (int)count).Select(i => Value(first[i]));
        return $"{head}: {string.Join(", ", values)}{(tensor.numel() > count ? ", ..." : "")}";
    }

    private static string Value(torch.Tensor scalar) => scalar.dtype switch
    {
        torch.ScalarType.Bool => scalar.item<bool>() ? "true" : "false",
        var type when torch.is_complex(type) => scalar.to(torch.complex128).item<System.Numerics.Complex>().ToString(),
        var type when torch.is_floating_point(type) => scalar.to(torch.float64).item<double>()
            .ToString("G6", CultureInfo.InvariantCulture),
        _ => scalar.to(torch.int64).item<long>().ToString(CultureInfo.InvariantCulture),
    };
}
