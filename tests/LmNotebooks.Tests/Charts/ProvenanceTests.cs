using System.Text.Json;
using LmNotebooks.Charts;
using LmNotebooks.Figures;

namespace LmNotebooks.Tests.Charts;

/// <summary>How a figure says that it was made.</summary>
public class ProvenanceTests
{
    [Fact]
    public void A_figure_of_records_tells_their_experiment_number_hash_minutes_and_commands()
    {
        var runs = Samples.Runs();
        var figure = ExcessBars.OverSeeds(runs);
        Assert.Matches(@"^40 records of sample \(SHA-256 [0-9a-f]{16}\)\. Made again by lm experiment sample and drawn "
            + @"by lm plots; their training took \d+ minutes\.$", figure.Made);
        using var json = JsonDocument.Parse(PlotlyRenderer.ToJson(figure));
        Assert.Equal(figure.Made, json.RootElement.GetProperty("layout").GetProperty("meta").GetProperty("made")
            .GetString());
        Assert.Equal("", Samples.Loss.Made);
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
