using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>The outputs of a page's cells.</summary>
internal sealed class OutputHtml(ForeignHtml foreign, MarkdownHtml markdown)
{
    private const int MostLines = 20;   // of JSON that stands there unfolded
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether the page has charts, which need its script.</summary>
    public bool HasCharts { get; private set; }

    public string Of(JsonObject output)
    {
        switch (Notebook.Text(output["output_type"]))
        {
            case "stream":
                var stream = Notebook.Text(output["name"]) == "stderr" ? "stderr" : "stdout";
                return $"<pre class=\"{stream}\">{Terminal.ToHtml(Notebook.Text(output["text"]))}</pre>";
            case "error":
                var trace = string.Join("\n", (output["traceback"] as JsonArray ?? []).Select(Notebook.Text));
                var told = trace != "" ? trace : $"{output["ename"]}: {output["evalue"]}";
                return $"<pre class=\"error\">{Terminal.ToHtml(told)}</pre>";
            default:
                return output["data"] is JsonObject data ? Richest(data, output["metadata"] as JsonObject) : "";
        }
    }

    /// <summary>The richest form of a result that a page can show.</summary>
    private string Richest(JsonObject data, JsonObject? metadata)
    {
        string? Form(string mime) => data[mime] is { } node ? Notebook.Text(node) : null;
        var plain = Form("text/plain");
        if (Parsed(data["application/vnd.plotly.v1+json"]) is { } chart)
            return Chart(chart, Form("image/svg+xml"), plain);
        if (Form("text/html") is { } html && foreign.Output(html) is { } safe) return safe;
        if (Form("image/svg+xml") is { } svg && foreign.Output(Root(svg)) is { } drawing) return drawing;
        foreach (var mime in Pictures.Types.Values)
            if (Form(mime) is { } picture && Pictures.Address(mime, picture) is { } address)
                return $"<img alt=\"{Text(plain ?? "")}\" "
                    + $"src=\"{address}\"{Size(metadata?[mime], "width")}{Size(metadata?[mime], "height")}>";
        if ((Form("text/markdown") is { } text ? markdown.Render(text) : Form("text/latex") is { } tex
            ? markdown.Latex(tex) : null) is { } page
            && foreign.Output(page) is { } prose) return prose;
        if (data["application/json"] is { } json) return Folded(json.ToJsonString(Indented));
        var isScript = data.ContainsKey("application/javascript") || data.ContainsKey("text/html");
        return (isScript ? "<p class=\"missing\">The script of this output is not run on a page.</p>" : "")
            + (isScript && plain is null ? "" : $"<pre>{Terminal.ToHtml(plain ?? "")}</pre>");
    }

    /// <summary>JSON data, which some kernels store as text; null if it is no object.</summary>
    private static JsonObject? Parsed(JsonNode? data)
    {
        try { return (data is JsonValue ? Notebook.ReadJson(Notebook.Text(data)) : data) as JsonObject; }
        catch (Exception e) when (e is JsonException or InvalidOperationException) { return null; }
    }

    /// <summary>An interactive chart, and its picture for paper, small screens and readers without scripts.</summary>
    private string Chart(JsonObject chart, string? svg, string? caption)
    {
        HasCharts = true;
        var picture = svg is null ? null : foreign.Output(Root(svg));
        // ToJsonString writes "<" as "\u003c", so nothing in the data can end the script element.
        return $"""
            <figure>
            <div class="chart" role="img" aria-label="{Text(caption ?? "chart")}"></div>
            <script type="application/json">{chart.ToJsonString()}</script>
            {(picture is null ? "" : $"<div class=\"picture\">{picture}</div>")}
            {(Shown(chart, caption) is { Length: > 0 } shown
                ? $"<figcaption aria-hidden=\"true\">{Text(shown)}</figcaption>" : "")}
            {Made(chart)}
            </figure>
            """;
    }

    /// <summary>A chart with a subtitle says what else there is to say; of another chart the page has only its
    /// text.</summary>
    private static string? Shown(JsonObject chart, string? caption) => Meta(chart, "rest") ?? caption;

    private static string? Meta(JsonObject chart, string name) =>
        (chart["layout"] as JsonObject)?["meta"] is JsonObject meta && meta[name] is { } told
            ? Notebook.Text(told) : null;

    /// <summary>How a chart was made, folded, where it says so.</summary>
    private static string Made(JsonObject chart) =>
        Meta(chart, "made") is { Length: > 0 } made
            ? $"<details class=\"made\"><summary>How was this made?</summary><p>{Text(made)}</p></details>" : "";

    private static string Folded(string text)
    {
        var lines = text.Count(c => c == '\n') + 1;
        var pre = $"<pre>{Text(text)}</pre>";
        return lines <= MostLines ? pre : string.Create(CultureInfo.InvariantCulture,
            $"<details><summary>JSON, {lines:N0} lines</summary>{pre}</details>");
    }

    private static string Size(JsonNode? metadata, string side) =>
        metadata is JsonObject sizes && sizes[side] is JsonValue value && value.TryGetValue(out double pixels)
            && pixels > 0
            ? string.Create(CultureInfo.InvariantCulture, $" {side}=\"{pixels:F0}\"") : "";

    /// <summary>An SVG document without what stands before its root.</summary>
    private static string Root(string svg) => svg[Math.Max(0, svg.IndexOf("<svg", StringComparison.Ordinal))..];

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
