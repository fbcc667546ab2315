using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>An executed notebook as one HTML file that needs nothing else: no network, no server, no other file. No
/// script runs in it but the two that draw its charts.</summary>
public sealed class HtmlPage
{
    /// <summary>By which a page is known to be one of ours, which may be written again.</summary>
    internal const string Generator = """<meta name="generator" content="LmNotebooks">""";

    private readonly List<string> warnings = [];
    private readonly StringBuilder body = new();
    private readonly ForeignHtml foreign;
    private readonly MarkdownHtml markdown;
    private readonly OutputHtml outputs;
    private int number;   // of the cell

    private HtmlPage(string folder)
    {
        foreign = new ForeignHtml(folder, Warn);
        markdown = new MarkdownHtml(Warn);
        outputs = new OutputHtml(foreign, markdown);
    }

    /// <param name="title">Plain text, for the window's title and the top of the page.</param>
    /// <param name="folder">The notebook's folder: pictures that it shows from there become part of the page.</param>
    public static RenderedPage Render(Notebook notebook, string title, string folder)
    {
        var page = new HtmlPage(folder);
        foreach (var cell in notebook.Cells) page.Add(cell);
        string[] scripts = page.outputs.HasCharts
            ? [Plotly(), Resource(typeof(HtmlPage), "HtmlPage.js").ReplaceLineEndings("\n")] : [];
        var html = $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            {Generator}
            <meta http-equiv="Content-Security-Policy" content="{Policy(scripts)}">
            <title>{Text(title)}</title>
            <style>
            {Resource(typeof(HtmlPage), "HtmlPage.css")}</style>
            </head>
            <body>
            <header>{Text(title)}</header>
            <main>
            {page.body}</main>
            {string.Concat(scripts.Select(script => $"<script>{script}</script>\n"))}</body>
            </html>

            """;
        return new RenderedPage(html.ReplaceLineEndings("\n"), page.warnings);
    }

    /// <summary>A box that can be moved from the keyboard, too, where a table may make it wider than the
    /// window.</summary>
    private static string Box(string opening, string html) =>
        (html.Contains("<table", StringComparison.Ordinal) ? $"{opening} tabindex=\"0\">" : $"{opening}>") + html;

    /// <summary>Code is not broken into lines, so it is a box of that kind.</summary>
    private static string Reachable(string html) => html.Replace("<pre>", "<pre tabindex=\"0\">");

    private void Add(Cell cell)
    {
        number++;
        if (cell.Kind == "markdown")
        {
            var shown = foreign.Cell(markdown.Render(cell.Source), cell.Json["attachments"] as JsonObject);
            body.Append(Box("<section class=\"markdown\"", $"\n{Reachable(shown)}</section>\n"));
        }
        if (cell.Kind == "raw" && IsForPages(cell))
            body.Append($"<section class=\"raw\"><pre>{Text(cell.Source)}</pre></section>\n");
        if (!cell.IsCode || cell.Source.Length == 0 && cell.Outputs.Count == 0) return;
        body.Append("<section class=\"code\">\n");
        if (cell.Source.Length > 0)
        {
            var count = cell.Json["execution_count"] is JsonValue value ? Text(value.ToString()) : " ";
            var code = Reachable(CSharpHtml.Block(cell.Source.TrimEnd(), "csharp").Trim());
            body.Append($"<div class=\"source\">{code}<span class=\"count\">[{count}]</span></div>\n");
        }
        if (cell.Outputs.Count > 0)
        {
            var shown = string.Concat(cell.Outputs.OfType<JsonObject>().Select(o =>
                Box("<div", $"{outputs.Of(o)}</div>\n")));
            var all = $"<div class=\"outputs\">\n{shown}</div>\n";
            body.Append(cell.HidesOutputs ? $"<details><summary>What came out</summary>\n{all}</details>\n" : all);
        }
        body.Append("</section>\n");
    }

    /// <summary>Raw cells are notes to one exporter: those for LaTeX and others are not for this one.</summary>
    private static bool IsForPages(Cell cell) =>
        Notebook.Text(cell.Json["metadata"]?["raw_mimetype"]
            ?? cell.Json["metadata"]?["format"]) is "" or "text/plain" or "text/html" or "text/markdown";

    private void Warn(string sentence)
    {
        var warning = string.Create(CultureInfo.InvariantCulture, $"cell {number}: {sentence}");
        if (!warnings.Contains(warning)) warnings.Add(warning);
    }

    /// <summary>The page says itself what may run in it, and the browser holds it to that, also where all else
    /// failed.</summary>
    private static string Policy(IEnumerable<string> scripts)
    {
        var hashes =
            scripts.Select(s => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(s)))}'");
        return $"default-src 'none'; script-src {string.Join(' ', hashes.DefaultIfEmpty("'none'"))}; style-src "
            + "'unsafe-inline'; img-src data: blob:; "
            + "base-uri 'none'; form-action 'none'";
    }

    private static string Plotly()
    {
        var assembly = typeof(Plotly.NET.GenericChart).Assembly;
        var name = assembly.GetManifestResourceNames().Single(n => n.EndsWith(".min.js", StringComparison.Ordinal));
        var script = Resource(typeof(Plotly.NET.GenericChart), name);
        return script.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase).ReplaceLineEndings("\n");
    }

    private static string Resource(Type of, string name)
    {
        using var reader = new StreamReader(of.Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
