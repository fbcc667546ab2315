using LmNotebooks.Figures;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Tokens;

namespace LmNotebooks.Charts;

/// <summary>Excess at the words of each kind against the text that models have seen: what is learned first, and what
/// last.</summary>
public static class ExcessByKind
{
    /// <param name="kind">What the kinds have in common, such as <c>place => place.Word.Slot</c>.</param>
    /// <param name="models">Each with the tokens that it was trained on, more than 0.</param>
    /// <exception cref="ArgumentException">There is no model, or no kind of word with enough texts for an
    /// interval.</exception>
    public static Figure Of<TKind>(Lingua truth, Dataset data, Func<Place, TKind> kind,
        params IEnumerable<(double Tokens, ISequenceDistribution Model)> models)
    {
        var points = from model in models
            orderby model.Tokens
            from excess in Excess.By(truth, model.Model, data.Test.Documents, kind)
            select (Kind: $"{excess.Key}", model.Tokens, excess.Value);
        var kinds = points.GroupBy(p => p.Kind, (name, own) => new Line(name, [.. own.Select(p => p.Tokens)],
            [.. own.Select(p => p.Value.Value)]) { Intervals = [.. own.Select(p => p.Value)] }).ToList();
        return new Figure("Excess at words of each kind against tokens seen", new Axis("tokens seen", Log: true),
            new Axis("excess (nats per token)"), [new Reference("0: the truth", 0, Below: true), .. kinds],
            kinds.Count == 0 ? "" : Caption(kinds));
    }

    private static string Caption(IReadOnlyList<Line> kinds)
    {
        string Ends(IReadOnlyList<double> values, Func<double, string> write) =>
            string.Join(" and ", values.Take(1).Concat(values.Skip(1).TakeLast(1)).Select(write));
        return $"Nats per token above the truth, at {Ends(kinds[0].X, Numbers.Tick)} tokens: "
            + Numbers.Sentence(kinds.OrderByDescending(k => k.Y[^1]).Select(k =>
            $"{k.Name} {Ends(k.Y, excess => Numbers.Text(excess, 3))}"));
    }
}
