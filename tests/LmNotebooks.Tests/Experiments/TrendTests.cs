using LmNotebooks.Charts;
using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Records;

namespace LmNotebooks.Tests.Experiments;

public class TrendTests
{
    private static readonly Experiment Growing =
        Study.Definition with { Arms = [.. Study.Definition.Arms, .. Trend.ArmsOf(Study.Definition.Arms)] };

    [Fact]
    public void An_arm_with_more_text_is_the_arm_with_more_text_and_its_tuning()
    {
        var arms = Trend.ArmsOf(Study.Definition.Arms).ToList();
        Assert.Equal(["trigram, text x 0.5", "trigram, text x 2", "ALBERT, all, text x 0.5", "ALBERT, all, text x 2",
            "unshared, text x 0.5", "unshared, text x 2"], arms.Select(a => a.Name));
        Assert.Equal(2 * Scale.Ci.TrainTokens, arms[3].At(Scale.Ci).TrainTokens);
        Assert.Equal((null, "ALBERT, all"), (arms[0].TunedAs, arms[3].TunedAs));
        Assert.All(Growing.Checked().Runs(Scale.Laptop).Where(r => r.IsTuning), r => Assert.Equal(1,
            r.Arm.At(Scale.Laptop).TrainTokens / Scale.Laptop.TrainTokens));
    }

    /// <summary>With twice the text the excess is half of what it was: the differences halve.</summary>
    [Fact]
    public void The_differences_are_those_of_each_text_on_the_seeds_that_have_it()
    {
        var trends = Trend.Of(Growing, [.. Study.Records(), .. Few(0.5, 2), .. Few(2, 0.5)]);
        Assert.Equal(["learning 0.5 2", "learning 1 8", "learning 2 2", "price 0.5 2", "price 1 8", "price 2 2"],
            trends.Select(t => FormattableString.Invariant($"{t.Hypothesis.Name} {t.Text} {t.Pairs.Count}")));
        Assert.Equal([0.04, 0.02, 0.01], trends.Skip(3).Select(t => Math.Round(t.Mean, 9)));
        var figure = TextTrends.Of(trends);
        Assert.Equal([0.04, 0.02, 0.01], figure.Marks.OfType<Line>().Last().Y.Select(y => Math.Round(y, 9)));
        Assert.Equal(12, figure.Marks.OfType<Dots>().Last().Y.Count);
        Assert.Contains("price 0.040 at 0.5, 0.020 at 1, 0.010 at 2", figure.Caption);
    }

    /// <summary>An accuracy can have more answers, or more text: the axis has to be right for both.</summary>
    [Fact]
    public void Where_all_hypotheses_are_about_an_accuracy_they_are_drawn_in_points()
    {
        var experiment = Growing with
        {
            Hypotheses = [.. Growing.Hypotheses.Select(h => h with { IsAccuracy = true })],
        };
        IReadOnlyList<RunRecord> records = [.. Study.Records(), .. Few(0.5, 2), .. Few(2, 0.5)];
        var figure = TextTrends.Of(Trend.Of(experiment, records));
        Assert.Equal("training data, as a multiple of the judged runs'", figure.X.Title);
        Assert.Equal("difference in accuracy (points)", figure.Y.Title);
        Assert.Equal([4, 2, 1], figure.Marks.OfType<Line>().Last().Y.Select(y => Math.Round(y, 9)));
        Assert.StartsWith("With more training data 2 of 2 differences are smaller; ", figure.Caption);
        Assert.EndsWith("; price +4.0 at 0.5, +2.0 at 1, +1.0 at 2.", figure.Caption);
        Assert.Equal("None of these trends is about a loss or an accuracy.",
            Assert.Throws<ArgumentException>(() => TextTrends.Of([])).Message);
    }

    private static IEnumerable<RunRecord> Few(double text, double factor) => Study.Records()
        .Where(r => r.Header is { TriedRate: null, Seed: 11 or 12 }).Select(r => r with
        {
            Header = r.Header with { Arm = FormattableString.Invariant($"{r.Header.Arm}, text x {text}") },
            Result = r.Result! with { Measures = r.Result.Measures.ToDictionary(m => m.Key, m =>
                m.Key == Experiment.Excess ? factor * m.Value : m.Value) },
        });
}
