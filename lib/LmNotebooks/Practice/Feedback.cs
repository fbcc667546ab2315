using System.Net;
using System.Text.RegularExpressions;
using LmNotebooks.Figures;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Practice;

/// <summary>What an exercise says of an answer. A cell shows it in words with a tick, a cross or a circle, and the
/// hints folded into each other, so that each is asked for by itself.</summary>
[TypeFormatterSource(typeof(FeedbackFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed partial record Feedback
{
    private readonly string exercise;
    private readonly IReadOnlyList<string> hints;

    internal Feedback(Outcome outcome, string exercise, string misconception, string why, IReadOnlyList<string> hints)
    {
        (Outcome, Misconception, this.exercise, this.hints) = (outcome, misconception, exercise, hints);
        Message = $"{Spaced(exercise)}: " + outcome switch
        {
            Outcome.Right => "right.",
            Outcome.Open => "open. It is yours to answer.",
            _ => $"not yet. {why}",
        };
    }

    public Outcome Outcome { get; }

    /// <summary>In some sentences; never with the value.</summary>
    public string Message { get; }

    /// <summary>The name of the likely wrong answer that it was; empty where it was none.</summary>
    public string Misconception { get; }

    public override string ToString() => $"{Sign} {Message}"
        + (HasHints ? $" For a hint: Exercises.{exercise}.Hint(1)" : "");

    internal string ToHtml() => $"<div><b style=\"color:{Colour}\">{Sign}</b> {WebUtility.HtmlEncode(Message)}"
        + $"{(HasHints ? Folded(0) : "")}</div>";

    /// <summary>A name in words: SwapCost is Swap cost.</summary>
    internal static string Spaced(string name) => Capital().Replace(name, m => $" {m.Value.ToLowerInvariant()}");

    private bool HasHints => Outcome != Outcome.Right;

    private string Sign => Outcome switch { Outcome.Right => "✓", Outcome.NotYet => "✗", _ => "○" };

    private string Colour => Outcome switch
    {
        Outcome.Right => Theme.Series[2], Outcome.NotYet => Theme.Series[1], _ => Theme.Ink,
    };

    private string Folded(int hint) => hint == hints.Count ? ""
        : $"<details><summary>Hint {hint + 1}</summary>{WebUtility.HtmlEncode(hints[hint])}{Folded(hint + 1)}"
            + "</details>";

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();
}

/// <summary>Finds the formatters of <see cref="Feedback"/>, by the convention of .NET notebooks.</summary>
internal sealed class FeedbackFormatters : ITypeFormatterSource
{
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
        [new MimeFormatter<Feedback>("text/html", r => r.ToHtml()),
            new MimeFormatter<Feedback>("text/plain", r => r.ToString())];
}
