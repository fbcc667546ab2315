using LmNotebooks.Measures;

namespace LmNotebooks.Charts;

/// <summary>How far models stay above the entropy of the language: the zero line is the truth.</summary>
public static class ExcessBars
{
    /// <summary>The mean excess loss of each model with its 95 % interval, nats per token.</summary>
    /// <exception cref="ArgumentException">There is no bar, or one that cannot be drawn.</exception>
    public static Figure Of(params IEnumerable<(string Name, Interval Excess)> bars)
    {
        var models = bars.Select(b => (b.Name, Mean: b.Excess.Value, HalfWidth: (b.Excess.High - b.Excess.Low) / 2)).ToList();
        var drawn = new Bars("excess", [.. models.Select(m => m.Mean)], [.. models.Select(Label)])
        {
            Interval = ([.. models.Select(m => m.Mean - m.HalfWidth)], [.. models.Select(m => m.Mean + m.HalfWidth)]),
        };
        return new Figure("Excess loss over the entropy of the language", new Axis("excess (nats per token)"),
            new Axis("", Categories: [.. models.Select(m => m.Name)]), [new Reference("0: the truth", 0, Vertical: true), drawn], Caption(models));
    }

    private static string Caption(IEnumerable<(string Name, double Mean, double HalfWidth)> models) =>
        Numbers.Sentence(models.OrderBy(m => m.Mean).Select((m, i) => i == 0
            ? $"{m.Name} is closest to the truth, {Label(m)} nats per token above it" : $"{m.Name} {Label(m)}"));

    private static string Label((string Name, double Mean, double HalfWidth) model) =>
        Numbers.Text(model.Mean, 3) + (model.HalfWidth > 0 ? $" ± {Numbers.Text(model.HalfWidth, 3)}" : "");
}
