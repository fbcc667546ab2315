using LmNotebooks.Charts;
using LmNotebooks.Figures;
using LmNotebooks.Tests.Experiments;

namespace LmNotebooks.Tests.Charts;

/// <summary>By hand: "joint" and "replaced" stood at an excess of .3 and the gap is 2, so that 3 % of it allow .36.
/// There the first arrives after 200 tokens, the second after 200; "stuck" after none.</summary>
public class ReplacementCurvesTests
{
    [Fact]
    public void The_line_is_the_median_ratio_where_most_runs_arrive_and_has_no_point_where_they_do_not()
    {
        var figure = ReplacementCurves.Of(CostStudy.Definition, CostStudy.Hypotheses[2], CostStudy.Records(), "replaced",
            "stuck");
        var line = Assert.Single(figure.Marks.OfType<Line>());
        Assert.Equal(1, line.Y[line.X.ToList().IndexOf(3)], 1e-9);
        Assert.Contains("stuck within 3 %: half of the runs never arrive", figure.Caption);
    }

    [Fact]
    public void The_share_of_runs_that_arrive_is_drawn_for_every_distance()
    {
        var figure = ReplacementCurves.OfArrivals(CostStudy.Definition, CostStudy.Hypotheses[2],
            CostStudy.Records(), "replaced", "stuck");
        var (all, none) = (figure.Marks.OfType<Line>().First(), figure.Marks.OfType<Line>().Last());
        Assert.Equal(11, all.X.Count);
        Assert.Equal((1, 0), (all.Y[all.X.ToList().IndexOf(3)], none.Y[none.X.ToList().IndexOf(3)]));
    }
}
