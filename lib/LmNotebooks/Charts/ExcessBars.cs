using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>How far models stay above the entropy of the language: the zero line is the truth.</summary>
public static class ExcessBars
{
    /// <summary>The mean excess loss of each model with its 95 % interval, nats per token.</summary>
    /// <exception cref="ArgumentException">There is no bar, or one that cannot be drawn.</exception>
    public static Figure Of(params IEnumerable<(string Name, Spread Excess)> bars)
    {
        var models = bars.ToList();
        return new Figure("Excess over the entropy of the language", new Axis("excess (nats per token)"),
            new Axis("", Categories: [.. models.Select(m => m.Name)], Notes: [.. models.Select(m => Label(m.Excess))]),
            [new Reference("0: the truth", 0, Vertical: true),
                new Bars("excess", [.. models.Select(m => m.Excess.Value)], [.. models.Select(m => m.Excess)])
                    { Models = [.. models.Select(m => m.Name)] }],
            Numbers.Sentence(models.OrderBy(m => m.Excess.Value).Select((m, i) => i == 0
                ? $"{m.Name} is closest to the truth, {Label(m.Excess)} nats per token above it"
                    : $"{m.Name} {Label(m.Excess)}")));
    }

    /// <summary>The mean excess loss of each arm of an experiment with its 95 % interval over the seeds, nats per
    /// token, the best first. Tuning runs and runs that did not finish are left out.</summary>
    /// <exception cref="ArgumentException">No run is left.</exception>
    public static Figure OverSeeds(IEnumerable<RunRecord> records) =>
        Of(records.ByArm().Select(arm => (arm.Key, Excess: arm.Interval(Experiment.Excess)))
            .OrderBy(arm => arm.Excess.Value)).From(records);

    private static string Label(Spread excess) =>
        Numbers.Text(excess.Value, 3) + (excess.Few.Count > 0 ? "" : excess.High > excess.Low
            ? $" ± {Numbers.Text((excess.High - excess.Low) / 2, 3)}" : "");
}
