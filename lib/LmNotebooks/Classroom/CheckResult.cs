using System.Net;
using LmNotebooks.Figures;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Classroom;

/// <summary>What a check found. A cell shows it in words with a tick or a cross, and the hint folded up.</summary>
/// <param name="Message">In one sentence: what was expected, and what was found.</param>
/// <param name="Hint">What to think about, for those who ask.</param>
[TypeFormatterSource(typeof(CheckFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record CheckResult(Outcome Outcome, string Message, string Hint)
{
    private (string Sign, string Colour) Look => Outcome switch
    {
        Outcome.Right => ("✓", Theme.Series[2]), Outcome.NotYet => ("✗", Theme.Series[1]), _ => ("○", Theme.Ink),
    };

    public override string ToString() => $"{Look.Sign} {Message}"
        + (Outcome == Outcome.Right ? "" : " For a hint, write .Hint behind the check.");

    internal string ToHtml() =>
        $"<div><b style=\"color:{Look.Colour}\">{Look.Sign}</b> {WebUtility.HtmlEncode(Message)}"
        + (Outcome == Outcome.Right ? "" : $"<details><summary>Hint</summary>{WebUtility.HtmlEncode(Hint)}</details>")
            + "</div>";
}

/// <summary>Finds the formatters of <see cref="CheckResult"/>, by the convention of .NET notebooks.</summary>
internal sealed class CheckFormatters : ITypeFormatterSource
{
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
        [new MimeFormatter<CheckResult>("text/html", r => r.ToHtml()),
            new MimeFormatter<CheckResult>("text/plain", r => r.ToString())];
}
