using System.Text.Json;
using System.Xml.Linq;
using LmNotebooks.Charts;
using LmNotebooks.Figures;
using LmNotebooks.Measures;

namespace LmNotebooks.Tests.Charts;

/// <summary>What tasks are to each other.</summary>
public class TaskChartTests
{
    /// <summary>In percentage points over 50: tags gain 2, 4, 6 and 8 from intent, which loses 1 to tags with three
    /// seeds.</summary>
    private static readonly IReadOnlyList<TaskGain> Two =
    [
        new("intent", "tags", [.. Enumerable.Range(1, 4).Select(s => new SeedPair(s, 0.5 + 0.02 * s, 0.5))]),
        new("tags", "intent", [.. Enumerable.Range(1, 3).Select(s => new SeedPair(s, 0.59, 0.6))]),
    ];

    [Fact]
    public void A_cell_has_the_mean_gain_in_points_and_the_diagonal_how_far_a_task_comes_alone()
    {
        var figure = TransferMatrix.Of(["intent", "tags", "sign"], Two);
        var heat = Assert.IsType<Heat>(figure.Marks.Single());
        Assert.Equal(["60 %", "+5.0*", "", "-1.0", "50 %", "", "", "", ""], heat.Texts!.Cast<string>());
        Assert.Equal([double.NaN, 5, double.NaN, -1], heat.Values.Cast<double>().Take(4),
            (a, b) => a.Equals(b) || Math.Abs(a - b) < 1e-9);
        Assert.Equal("The most is gained by tags when intent is learned too, +5.0 (+0.9 to +9.1) points of the way, "
            + "the least by intent when tags is learned too, -1.0; of 2 gains 1 are above 0 and 0 below with their "
            + "intervals.", figure.Caption);
        Assert.EndsWith("*: the 95 % interval over 4 seeds leaves out 0", figure.X.Title);
    }

    [Fact]
    public void Few_seeds_have_no_star()
    {
        var figure = TransferMatrix.Of(["intent", "tags"], [Two[1]]);
        Assert.DoesNotContain("*", string.Concat(((Heat)figure.Marks.Single()).Texts!.Cast<string>()));
        Assert.EndsWith("\n3 seeds: too few for intervals", figure.X.Title);
        Assert.EndsWith("; there are too few seeds for intervals.", figure.Caption);
    }

    [Fact]
    public void A_gain_of_a_task_that_is_not_named_or_none_at_all_is_refused()
    {
        Assert.Equal("There is a gain of 'tags': the tasks are intent, sign.",
            Refusal(() => TransferMatrix.Of(["intent", "sign"], Two)));
        Assert.Equal("There is no gain: learn two tasks together.", Refusal(() => TransferMatrix.Of(["intent"], [])));
        Assert.Equal("There is no gain: learn two tasks together.", Refusal(() => GainAgainstAgreement.Of()));
    }

    [Fact]
    public void Both_pictures_show_every_number_of_the_matrix_and_no_scale()
    {
        var texts = ((Heat)Samples.Transfer.Marks.Single()).Texts!.Cast<string>().ToList();
        using var json = JsonDocument.Parse(PlotlyRenderer.ToJson(Samples.Transfer));
        var (trace, written) = (json.RootElement.GetProperty("data")[0], json.RootElement.GetProperty("layout")
            .GetProperty("annotations").EnumerateArray().Select(a => a.GetProperty("text").GetString()!).ToList());
        Assert.Equal(texts, written);
        Assert.False(trace.GetProperty("showscale").GetBoolean());
        Assert.Equal(trace.GetProperty("zmax").GetDouble(), -trace.GetProperty("zmin").GetDouble());
        Assert.Equal(JsonValueKind.Null, trace.GetProperty("z")[5][0].ValueKind);   // rows upwards
        var drawn = XElement.Parse(SvgRenderer.ToSvg(Samples.Transfer)).Descendants()
            .Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToList();
        Assert.All(texts, text => Assert.Contains(text, drawn));
        Assert.DoesNotContain("gain (points of the way)", drawn);
    }

    [Fact]
    public void Gains_are_lines_over_the_agreement_for_each_kind_of_model()
    {
        var figure = Samples.Agreeing;
        Assert.Equal(["one head, width 16", "one head, width 64", "own heads, width 16", "own heads, width 64"],
            figure.Marks.OfType<Line>().Select(l => l.Name));
        Assert.Equal([-1, -0.5, 0, 0.5, 1], figure.Marks.OfType<Line>().First().X);
        Assert.Matches(@"^The most is gained at alpha 1 with one head, width 64, \+9\.\d \(.*\) points, the least at "
            + @"alpha -1 with one head, width 16, -\d+\.\d \(.*\)\.$", figure.Finding);
        Assert.EndsWith("\n95 % interval over 8 seeds", figure.YTitle);
        Assert.Equal(["0: the task alone"], figure.Marks.OfType<Reference>().Select(r => r.Name));
    }

    [Fact]
    public void Each_pair_of_tasks_is_a_point_with_two_intervals_in_the_colour_of_the_judged_task()
    {
        var figure = Samples.Cosines;
        Assert.Equal(Samples.Tasks.Select(t => $"to {t}").Order(),
            figure.Marks.OfType<Dots>().Select(d => d.Name).Order());
        Assert.Equal(30, figure.Marks.OfType<Dots>().Sum(d => d.X.Count));
        Assert.EndsWith("\n95 % interval over 8 seeds", figure.XTitle);
        Assert.EndsWith("\n95 % interval over 8 seeds", figure.YTitle);
        Assert.Matches(@"^Spearman.s rho of cosine and gain is 0\.\d\d \(.*\), 95 % bootstrap interval over 8 "
            + @"seeds\.$", figure.Finding);
        using var json = JsonDocument.Parse(PlotlyRenderer.ToJson(figure));
        var trace = json.RootElement.GetProperty("data")[0];
        Assert.All((string[])["error_x", "error_y"], error =>
            Assert.Equal(JsonValueKind.Number, trace.GetProperty(error).GetProperty("array")[0].ValueKind));
        Assert.Equal(4, figure.Marks.OfType<Dots>().Sum(d => d.Written!.Count(written => written)));
    }

    [Fact]
    public void A_seed_without_a_cosine_is_left_out_and_few_seeds_are_points_at_their_own_cosines()
    {
        TaskGain[] gains = [Two[0] with { Cosines = [0.1, double.NaN, 0.3, 0.4] },
            Two[1] with { Cosines = [double.NaN, double.NaN, double.NaN] }];
        var figure = GainAgainstCosine.Of(gains);
        var (mean, seeds) = (figure.Marks.OfType<Dots>().First(), figure.Marks.OfType<Dots>().Last());
        Assert.Equal(0.8 / 3, mean.X.Single(), 1e-9);
        Assert.Equal([0.1, 0.3, 0.4], seeds.X);
        Assert.Equal([2, 6, 8], seeds.Y.Select(y => Math.Round(y, 9)));
        Assert.True(seeds.Hollow);
        Assert.EndsWith("\n3 seeds as points", figure.XTitle);
        Assert.Contains("; 4 seeds of pairs have no cosine; ", figure.Caption);
        Assert.StartsWith("No pair of tasks has a cosine", Refusal(() => GainAgainstCosine.Of([gains[1]])));
        Assert.Equal("intent to tags has 0 cosines for 4 seeds: give one for each.",
            Refusal(() => GainAgainstCosine.Of(Two)));
    }

    private static string Refusal(Func<Figure> make) => Assert.Throws<ArgumentException>(make).Message;
}
