using System.Text.Json;
using System.Xml.Linq;
using FsCheck.Xunit;
using LmNotebooks.Charts;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Tests.Charts;

namespace LmNotebooks.Tests.Figures;

/// <summary>What a reader is told of an interval, and sees of it.</summary>
public class IntervalDrawingTests
{
    public static TheoryData<string> Kinds => [.. Samples.Graphics.Keys];

    [Theory, MemberData(nameof(Kinds))]
    public void The_axis_of_every_chart_that_draws_an_interval_says_of_what_kind_it_is(string kind)
    {
        foreach (var figure in Samples.Graphics[kind].Panels)
        {
            var (rows, plane) = (figure.Marks.OfType<RowMark>(), figure.Marks.OfType<PlaneMark>().ToList());
            Assert.Equal(Drawn(rows.SelectMany(m => m.Spans).Concat(plane.SelectMany(m => m.Across ?? []))),
                figure.XTitle != figure.X.Title);
            Assert.Equal(Drawn(plane.SelectMany(m => m.Spans)), figure.YTitle != figure.Y.Title);
        }

        static bool Drawn(IEnumerable<Spread> intervals) => intervals.Any(i => i.IsClosed || i.IsOpen);
    }

    [Property]
    public void Fewer_than_four_seeds_are_points_and_four_or_more_are_an_interval(double[] drawn, bool range)
    {
        double[] seeds = [.. drawn.Where(double.IsFinite).Select(v => v % 1e3), 1, 2];
        var interval = range ? Spread.OfRange(seeds) : Spread.OverSeeds(seeds);
        var figure = ExcessBars.Of(("model", interval));
        var points = figure.Marks.OfType<Points>().SelectMany(p => p.Values);
        Assert.Equal(seeds.Length < 4 ? seeds : [], points);
        Assert.Equal(seeds.Length < 4 ? $"{seeds.Length} seeds as points"
            : $"{(range ? "lowest to highest" : "95 % interval")} over {seeds.Length} seeds",
            figure.XTitle.Split('\n').Last());
        using var json = JsonDocument.Parse(PlotlyRenderer.ToJson(figure));
        var end = json.RootElement.GetProperty("data")[0].GetProperty("error_x").GetProperty("array")[0];
        Assert.Equal(seeds.Length >= 4, end.ValueKind == JsonValueKind.Number);
    }

    [Fact]
    public void Different_numbers_of_seeds_are_told_from_the_least_to_the_most() => Assert.EndsWith(
        "95 % interval over 4 to 5 seeds; 2 seeds as points", ExcessBars.Of(("a", Spread.OverSeeds([1, 2, 3, 4])),
            ("b", Spread.OverSeeds([1, 2, 3, 4, 5])), ("c", Spread.OverSeeds([1, 2]))).XTitle);

    [Theory, InlineData(true), InlineData(false)]
    public void An_end_that_is_not_known_is_an_arrow_without_a_cap(bool above)
    {
        var open = above ? new Spread(2, 1, double.PositiveInfinity) : new Spread(2, double.NegativeInfinity, 3);
        foreach (var figure in (Figure[])
            [
                new("f", new Axis("x"), new Axis("", Categories: ["a"]), [new Points("m", [2], [0], [open])], "c"),
                new("f", new Axis("x"), new Axis("y"), [new Dots("m", [1], [2]) { Intervals = [open] }], "c"),
            ])
        {
            var arrow = Assert.Single(Frame.Of(figure)[0].Arrows(figure.Marks[0]));
            Assert.Equal(above, arrow.Above);
            using var json = JsonDocument.Parse(PlotlyRenderer.ToJson(figure));
            Assert.StartsWith("triangle-", json.RootElement.GetProperty("data")[1].GetProperty("marker")
                .GetProperty("symbol").GetString());
            var heads = XElement.Parse(SvgRenderer.ToSvg(figure)).Descendants()
                .Count(e => e.Name.LocalName == "polygon");
            Assert.Equal(1, heads);
        }
    }

    [Fact]
    public void Families_in_one_figure_differ_in_colour_or_form_and_a_model_has_one_colour_everywhere()
    {
        string[] course = ["Transformer", "RNN", "LSTM", "GRU", "unigram", "bigram", "trigram", "4-gram", "joint",
            "Kneser-Ney trigram", "hierarchical", "from scratch", "all shared", "Transformer, equal seconds", "other"];
        var all = Palette.Of(course);
        Assert.Distinct(all.Select(look => (look.Colour, look.Form % 6)));
        foreach (var (name, look) in course.SkipLast(1).Zip(all))
            Assert.Equal(look.Colour, Palette.Of(["something", name])[1].Colour);
        Assert.Equal(Palette.Of(["GRU"])[0].Colour, Palette.Of(["gru, text x 2"])[0].Colour);
    }
}
