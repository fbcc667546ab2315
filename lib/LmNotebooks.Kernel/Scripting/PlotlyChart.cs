using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LmNotebooks.Figures;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Shows charts that cells make with Plotly.NET by hand: in plotly's mime type, as HTML where a client does
/// not draw that, and as a line of text. Nothing comes from the network: the HTML of the session's first chart brings
/// plotly.js along.</summary>
internal static class PlotlyChart
{
    private const string Html = "text/html", Plain = "text/plain";
    private static readonly string Script = Encoding.UTF8.GetString(Resource(typeof(PlotlyChart), "PlotlyChart.js"));
    private static int shown;

    public static void Register()
    {
        Formatter.Register<GenericChart>(GenericChart.toJson, FigureFormatters.Plotly);
        Formatter.Register<GenericChart>(ToHtml, Html);
        Formatter.Register<GenericChart>(chart => Caption(JsonNode.Parse(GenericChart.toJson(chart))!), Plain);
        Formatter.SetPreferredMimeTypesFor(typeof(GenericChart), FigureFormatters.Plotly, Html, Plain);
    }

    private static string ToHtml(GenericChart chart)
    {
        var parsed = JsonNode.Parse(GenericChart.toJson(chart))!;
        var json = parsed.ToJsonString();   // writes "<" as "\u003c", so nothing in it ends the script
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..16];
        var library = Interlocked.Increment(ref shown) == 1 ? Library() : "";
        var place = $"""<div data-plotly="{name}">{WebUtility.HtmlEncode(Caption(parsed))}</div>""";
        return $"""{place}<script>({Script})("{name}", {json}, "{library}")</script>""";
    }

    /// <summary>The title, and each series by its name and kind.</summary>
    private static string Caption(JsonNode chart)
    {
        var title = (chart["layout"]?["title"] as JsonObject)?["text"]?.ToString() ?? "Chart";
        var series = chart["data"]!.AsArray()
            .Select(s => s!["name"] is { } name ? $"{name} ({s["type"]})" : $"{s["type"]}");
        return $"{title}: {string.Join(", ", series)}";
    }

    /// <summary>The plotly.js that Plotly.NET carries, compressed, in base 64.</summary>
    private static string Library()
    {
        var owner = typeof(GenericChart);
        var name = owner.Assembly.GetManifestResourceNames()
            .Single(n => n.EndsWith(".min.js", StringComparison.Ordinal));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(Resource(owner, name));
        return Convert.ToBase64String(packed.ToArray());
    }

    private static byte[] Resource(Type of, string name)
    {
        using var stream = of.Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
