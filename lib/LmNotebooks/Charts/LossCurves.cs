using LmNotebooks.Figures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>Loss against tokens seen, drawn over the least loss that any model of the language can reach.</summary>
public static class LossCurves
{
    /// <param name="floor">Entropy of the language, nats per token.</param>
    /// <param name="levels">Losses of models without a curve, such as the unigram model, nats per token.</param>
    /// <remarks>The axis of tokens is logarithmic where no point stands at 0 tokens.</remarks>
    /// <exception cref="ArgumentException">There is no curve, or a curve that cannot be drawn.</exception>
    public static Figure Of(IEnumerable<Curve> curves, double floor, params (string Name, double Loss)[] levels)
    {
        var runs = curves.ToList();
        var least = new Reference($"entropy of the language {Numbers.Text(floor, 2)}", floor, Below: true);
        var marks = levels.Select(l => new Reference($"{l.Name} {Numbers.Text(l.Loss, 2)}", l.Loss)).Prepend(least);
        var log = runs.SelectMany(r => r.Tokens).All(t => t > 0);
        return new Figure("Loss against tokens seen", new Axis("tokens seen", log), new Axis("loss (nats per token)"),
            [.. marks, .. runs.Select(r => new Line(r.Name, r.Tokens, r.Loss))], Caption(runs, floor))
            .From(runs.Select(r => r.Run).OfType<RunRecord>());
    }

    private static string Caption(IEnumerable<Curve> runs, double floor)
    {
        var ends = from run in runs where run.Loss.Count > 0 orderby run.Loss[^1]
            select (run.Name, Excess: Numbers.Text(run.Loss[^1] - floor, 3));
        return Numbers.Sentence(ends.Select((end, i) => i == 0
            ? $"{end.Name} ends {end.Excess} nats per token above the floor of {Numbers.Text(floor, 2)}"
            : $"{end.Name} {end.Excess}"));
    }
}
