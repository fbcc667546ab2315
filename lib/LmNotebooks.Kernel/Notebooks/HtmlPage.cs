using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LmNotebooks.Kernel.Notebooks;

/// <param name="Html">The whole file.</param>
/// <param name="Warnings">What it shows less well than the notebook does: a sentence each, with the number of its cell.</param>
public sealed record RenderedPage(string Html, IReadOnlyList<string> Warnings);

/// <summary>An executed notebook as one HTML file that needs nothing else: no network, no server, no other file.</summary>
public sealed partial class HtmlPage
{
    // The page says so itself, and the browser holds it to that.
    private const string Policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'";

    /// <summary>By which a page is known to be one of ours, which may be written again.</summary>
    internal const string Generator = """<meta name="generator" content="LmNotebooks">""";

    private readonly MarkdownHtml markdown;
    private readonly StringBuilder body = new();
    private int charts;

    private HtmlPage(string folder) => markdown = new MarkdownHtml(folder);

    /// <param name="title">Plain text, for the window's title and the top of the page.</param>
    /// <param name="folder">The notebook's folder: pictures that it shows from there become part of the page.</param>
    /// <exception cref="FormatException">A Markdown cell is nested too deeply.</exception>
    public static RenderedPage Render(Notebook notebook, string title, string folder)
    {
        var page = new HtmlPage(folder);
        var warnings = new List<string>();
        foreach (var (index, cell) in notebook.Cells.Index())
        {
            page.Add(cell);
            warnings.AddRange(page.markdown.TakeWarnings().Select(w => string.Create(CultureInfo.InvariantCulture, $"cell {index + 1}: {w}")));
        }
        var html = $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            {Generator}
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <title>{Text(title)}</title>
            <style>
            {Resource(typeof(HtmlPage), "HtmlPage.css")}</style>
            </head>
            <body>
            <header>{Text(title)}</header>
            <main>
            {page.body}</main>
            {(page.charts > 0 ? Scripts() : "")}</body>
            </html>

            """;
        return new RenderedPage(html.ReplaceLineEndings("\n"), warnings);
    }

    private void Add(Cell cell)
    {
        if (cell.Kind == "markdown") body.Append("<section class=\"markdown\">\n").Append(markdown.Render(cell.Source)).Append("</section>\n");
        if (!cell.IsCode || cell.Source.Length == 0 && cell.Outputs.Count == 0) return;
        var number = cell.Json["execution_count"] is JsonValue count ? Text(count.ToString()) : " ";
        body.Append("<section class=\"code\">\n");
        if (cell.Source.Length > 0)
            body.Append(CultureInfo.InvariantCulture, $"<div class=\"source\"><span class=\"count\">[{number}]</span>{MarkdownHtml.Code(cell.Source.TrimEnd(), "csharp").Trim()}</div>\n");
        if (cell.Outputs.Count > 0)
        {
            body.Append("<div class=\"outputs\">\n");
            foreach (var output in cell.Outputs.OfType<JsonObject>()) body.Append("<div>").Append(Output(output)).Append("</div>\n");
            body.Append("</div>\n");
        }
        body.Append("</section>\n");
    }

    private string Output(JsonObject output)
    {
        switch (Notebook.Text(output["output_type"]))
        {
            case "stream":
                return $"<pre class=\"{(Notebook.Text(output["name"]) == "stderr" ? "stderr" : "stdout")}\">{Terminal(Notebook.Text(output["text"]))}</pre>";
            case "error":
                var trace = string.Join("\n", (output["traceback"] as JsonArray ?? []).Select(Notebook.Text));
                return $"<pre class=\"error\">{Terminal(trace != "" ? trace : $"{output["ename"]}: {output["evalue"]}")}</pre>";
            default:
                return output["data"] is JsonObject data ? Bundle(data) : "";
        }
    }

    /// <summary>The richest form of a result that a page can show.</summary>
    private string Bundle(JsonObject data)
    {
        string? Form(string mime) => data[mime] is { } node ? Notebook.Text(node) : null;
        if (Json(data["application/vnd.plotly.v1+json"]) is { } chart) return Chart(chart, Form("image/svg+xml"), Form("text/plain"));
        if (Form("text/html") is { } html) return html;
        if (Form("image/svg+xml") is { } svg) return Inline(svg);
        if (Form("image/png") is { } png)
            return $"<img alt=\"{Text(Form("text/plain") ?? "")}\" src=\"data:image/png;base64,{Text(Space().Replace(png, ""))}\">";
        if (Form("text/markdown") is { } text) return markdown.Render(text);
        return $"<pre>{Terminal(Form("text/plain") ?? "")}</pre>";
    }

    /// <summary>JSON data, which some kernels store as text; null if it is no object.</summary>
    private static JsonObject? Json(JsonNode? data)
    {
        try { return (data is JsonValue ? Notebook.ReadJson(Notebook.Text(data)) : data) as JsonObject; }
        catch (Exception e) when (e is JsonException or InvalidOperationException) { return null; }
    }

    private string Chart(JsonObject chart, string? svg, string? caption)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"chart-{++charts}");
        // ToJsonString writes "<" as "\u003c", so nothing in the data can end the script element.
        var json = chart.ToJsonString();
        return $"""
            <figure>
            <div class="chart" id="{id}" role="img" aria-label="{Text(caption ?? "chart")}"></div>
            <script type="application/json" data-chart="{id}">{json}</script>
            <noscript>{(svg is null ? "" : Inline(svg))}</noscript>
            {(caption is null ? "" : $"<figcaption aria-hidden=\"true\">{Text(caption)}</figcaption>")}
            </figure>
            """;
    }

    private static string Scripts()
    {
        var assembly = typeof(Plotly.NET.GenericChart).Assembly;
        var name = assembly.GetManifestResourceNames().Single(n => n.EndsWith(".min.js", StringComparison.Ordinal));
        var plotly = Resource(typeof(Plotly.NET.GenericChart), name).Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase);
        return $"<script>{plotly}</script>\n<script>\n{Resource(typeof(HtmlPage), "HtmlPage.js")}</script>\n";
    }

    private static string Resource(Type of, string name)
    {
        using var reader = new StreamReader(of.Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>What a terminal would show of this text, without its colours: a carriage return starts the line anew.</summary>
    private static string Terminal(string text) => Text(Overwritten().Replace(Escape().Replace(text, "").Replace("\r\n", "\n"), ""));

    /// <summary>An SVG document as an element of a page: without what stands before its root.</summary>
    private static string Inline(string svg) => svg[Math.Max(0, svg.IndexOf("<svg", StringComparison.Ordinal))..];

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    // Control sequences (colours, cursor) and operating system commands (links, window title).
    [GeneratedRegex(@"\x1B(\[[0-?]*[ -/]*[@-~]|\].*?(\x07|\x1B\\)|[@-Z\\^_])")]
    private static partial Regex Escape();

    [GeneratedRegex(@"[^\n]*\r(?=[^\r\n])")]
    private static partial Regex Overwritten();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
