using System.Text.Json;
using LmNotebooks.Charts;
using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Lessons;

namespace LmNotebooks.Tests.Charts;

/// <summary>How a figure says that it was made.</summary>
public class ProvenanceTests
{
    [Fact]
    public void A_figure_of_the_kits_records_tells_their_experiment_number_hash_minutes_and_commands()
    {
        var runs = Course.Named("scaling").Committed(Scale.Ci);
        var figure = ExcessBars.OverSeeds(runs);
        Assert.Matches($@"^{runs.Count} records of scaling \(SHA-256 [0-9a-f]{{16}}\)\. Made again by lm experiment "
            + @"scaling and drawn by lm plots; the training took [\d,]+ (minutes|seconds)\.$", figure.Made);
        using var json = JsonDocument.Parse(PlotlyRenderer.ToJson(figure));
        Assert.Equal(figure.Made, json.RootElement.GetProperty("layout").GetProperty("meta").GetProperty("made")
            .GetString());
        Assert.Equal("", Samples.Loss.Made);
    }

    [Fact]
    public void Runs_of_the_reader_are_told_from_the_kits_records_even_in_one_figure()
    {
        var own = Samples.Runs();
        Assert.Matches(@"^40 records of sample \(SHA-256 [0-9a-f]{16}\)\. Your runs, in out/records\.$",
            ExcessBars.OverSeeds(own).Made);
        var kept = Course.Named("scaling").Committed(Scale.Ci);
        var again = kept[0] with { Header = kept[0].Header with { Started = DateTimeOffset.UnixEpoch } };
        Assert.Matches($@"^{kept.Count} records of scaling .* drawn by lm plots; the training took \d+ "
            + @"(minutes|seconds)\. 1 record of scaling .*\. Your runs,",
            ExcessBars.OverSeeds([again, .. kept]).Made);
        Assert.StartsWith("1 record of sample ", LossCurves.Of([Curve.Of("mine", own[^1])], 2).Made);
    }

    [Fact]
    public void The_hash_is_that_of_the_records_in_whatever_order_and_of_no_others()
    {
        var runs = Samples.Runs();
        Assert.Equal(ExcessBars.OverSeeds(runs).Made, ExcessBars.OverSeeds([.. runs.Reverse()]).Made);
        var changed = runs[0] with { Result = runs[0].Result! with { TestLoss = 9 } };
        Assert.NotEqual(ExcessBars.OverSeeds(runs).Made, ExcessBars.OverSeeds([changed, .. runs.Skip(1)]).Made);
    }
}
