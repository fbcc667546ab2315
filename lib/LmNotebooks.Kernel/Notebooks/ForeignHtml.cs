using System.Net;
using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>The one door through which HTML of others comes onto a page: safe, with its pictures, its ids apart from
/// those of the rest.</summary>
/// <param name="folder">The notebook's.</param>
/// <param name="warn">Told what the page shows less well than the notebook does.</param>
internal sealed class ForeignHtml(string folder, Action<string> warn)
{
    /// <summary>What there is to see in an element without a text.</summary>
    private const string Visible = "img, svg, math, progress, meter, hr, table, .missing";

    private readonly Pictures pictures = new(folder, warn);
    private readonly Anchors anchors = new();

    /// <param name="html">Of a whole Markdown cell: an element that is opened in one paragraph may be closed in
    /// another.</param>
    public string Cell(string html, JsonObject? attachments)
    {
        if (SafeHtml.Parse(html) is not { } cell) return AsText(html);
        pictures.Embed(cell, attachments);
        anchors.Name(cell);
        return cell.InnerHtml;
    }

    /// <returns>Null where nothing is left to see, as of a script alone.</returns>
    public string? Output(string html)
    {
        if (SafeHtml.Parse(html) is not { } output) return AsText(html);
        pictures.Embed(output, attachments: null);
        anchors.Separate(output);
        return string.IsNullOrWhiteSpace(output.TextContent) && output.QuerySelector(Visible) is null ? null
            : output.InnerHtml;
    }

    private string AsText(string html)
    {
        warn("HTML that is nested too deeply to be drawn is shown as text.");
        return $"<pre>{WebUtility.HtmlEncode(html)}</pre>";
    }
}
