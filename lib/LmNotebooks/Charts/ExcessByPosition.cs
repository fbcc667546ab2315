using LmNotebooks.Figures;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Tokens;

namespace LmNotebooks.Charts;

/// <summary>The loss of the truth and of models by the position of the word in its text: the gap between the curves is
/// the excess. The floor of other charts is the mean of the lowest curve: the first words cost more than that, whoever
/// predicts them.</summary>
public static class ExcessByPosition
{
    /// <param name="models">Each with its name; without any, the truth alone.</param>
    /// <exception cref="ArgumentException">There are too few test texts for an interval.</exception>
    public static Figure Of(IDistribution truth, Dataset data,
        params IEnumerable<(string Name, IDistribution Model)> models)
    {
        var (compared, floor) = (models.ToList(), data.Loss(truth));
        var least = LossByPosition.Of(truth, data);
        var excess = compared.Select(m =>
            $"{m.Name} is above it by {Ends(LossByPosition.Excess(truth, m.Model, data))}");
        return new Figure("Loss by position in the text", new Axis("position in the text (words)"),
            new Axis("loss (nats per token)"),
            [new Reference($"truth, mean {Numbers.Text(floor, 2)}", floor), ToLine("truth", least),
                .. compared.Select(m => ToLine(m.Name, LossByPosition.Of(m.Model, data)))],
            Numbers.Sentence(excess.Prepend($"Nats per token, with 95 % intervals over texts: the truth loses "
                + $"{Ends(least)}, and {Numbers.Text(floor, 3)} over all positions")));
    }

    private static string Ends(IReadOnlyList<Group<int>> groups) =>
        string.Join(", ", groups.Take(1).Union(groups.TakeLast(1)).Select(g => $"{g.Value} in {Words(g)}"));

    private static string Words(Group<int> group) => $"words {group.Key}-{group.Key + LossByPosition.Width - 1}";

    private static Line ToLine(string name, IReadOnlyList<Group<int>> groups) =>
        new(name, [.. groups.Select(g => g.Key + (LossByPosition.Width - 1) / 2.0)],
            [.. groups.Select(g => g.Value.Value)]) { Intervals = [.. groups.Select(g => g.Value)] };
}
