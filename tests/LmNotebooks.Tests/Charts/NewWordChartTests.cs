using LmNotebooks.Charts;
using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Records;
using LmNotebooks.Tests.Experiments;

namespace LmNotebooks.Tests.Charts;

public class NewWordChartTests
{
    private const string Measure = "nats per new noun";

    private static readonly IReadOnlyList<RunRecord> Records =
    [
        .. Runs("mean vector", 2), .. Runs("a la carte, 1 context", 1), .. Runs("a la carte, 8 contexts", 0.5),
        .. Runs("exact, 8 contexts", 0.1),
    ];

    [Fact]
    public void A_method_with_several_numbers_of_contexts_is_a_line_and_an_arm_without_any_a_level()
    {
        var figure = ContextCurves.Of(Records, Measure, "mean vector");
        var line = Assert.Single(figure.Marks.OfType<Line>());
        Assert.Equal("a la carte", line.Name);
        Assert.Equal([1, 8], line.X);
        Assert.Equal([1.05, 0.55], line.Y, (a, b) => Math.Abs(a - b) < 1e-9);
        var level = Assert.Single(figure.Marks.OfType<Reference>());
        Assert.Equal(2.05, level.Value, 1e-9);
        Assert.StartsWith("mean vector has 2.05", figure.Caption);
        Assert.Contains("8 contexts", Assert.Throws<ArgumentException>(() =>
            ContextCurves.Of([.. Runs("mean vector", 2)], Measure)).Message);
    }

    [Fact]
    public void Rows_of_a_measure_begin_with_the_least()
    {
        var figure = MeasureRows.Of(Records, Measure, "mean vector", "a la carte, 8 contexts");
        Assert.Equal(["a la carte, 8 contexts", "mean vector"], figure.Y.Categories!);
        Assert.Equal([0.55, 2.05], figure.Marks.OfType<Points>().First().Values, (a, b) =>
            Math.Abs(a - b) < 1e-9);
        Assert.StartsWith("a la carte, 8 contexts has the least, 0.55", figure.Caption);
        Assert.Contains("no finished test run", Assert.Throws<ArgumentException>(() =>
            MeasureRows.Of([], Measure)).Message);
    }

    /// <summary>Two runs of an arm, .1 apart.</summary>
    private static IEnumerable<RunRecord> Runs(string arm, double value) =>
        Study.Records().Tests().Take(2).Select((r, i) => r with
        {
            Header = r.Header with { Arm = arm, Seed = i },
            Result = r.Result! with { Measures = new Dictionary<string, double> { [Measure] = value + 0.1 * i } },
        });
}
