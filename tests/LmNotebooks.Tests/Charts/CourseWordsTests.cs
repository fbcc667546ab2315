using LmNotebooks.Charts;
using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Lessons;
using LmNotebooks.Tokens;

namespace LmNotebooks.Tests.Charts;

/// <summary>The charts and tables of the course's notebooks, on the records that come with the kit.</summary>
public class CourseWordsTests
{
    private static readonly Scale Laptop = Scale.Laptop;

    [Fact]
    public void Bars_of_bits_say_them_in_the_order_of_the_models() =>
        Assert.Equal("Bits per byte: Transformer 2.10; Brotli 1.25.",
            BitsPerByteBars.Of(("Transformer", 2.1), ("Brotli", 1.25)).Caption);

    [Fact]
    public void A_token_of_bytes_alone_is_a_byte_long_and_merges_make_it_longer()
    {
        const string text = "abab abab abab";
        var line = Assert.IsType<Line>(Assert.Single(TokenLengths.Of(text, "abab", 256, 257, 258).Marks));
        Assert.Equal([1, 2, 4], line.Y);
        Assert.Equal(2, TokenLengths.Mean(BpeTrainer.Train(text, 257), "abab"));
    }

    [Fact]
    public void Losses_by_text_are_a_point_for_each_run_and_multiple_of_the_text()
    {
        var records = Course.Named("real-text").Committed(Laptop);
        var dots = LossesByText.Of(records, "joint", "Kneser-Ney 4-gram").Marks.OfType<Dots>().ToList();
        Assert.Equal(["joint", "Kneser-Ney 4-gram"], dots.Select(d => d.Name));
        Assert.Equal([1, 2, 4, 8], dots[1].X.Distinct().Order());
        Assert.Equal(records.Of("Kneser-Ney 4-gram, text x 8").Values(Experiment.Loss),
            dots[1].X.Zip(dots[1].Y).Where(p => p.First == 8).Select(p => p.Second));
        Assert.StartsWith("There is no test run of 'unigram'",
            Assert.Throws<ArgumentException>(() => LossesByText.Of(records, "unigram")).Message);
    }

    [Fact]
    public void A_table_of_arms_has_the_mean_of_each_measure_in_a_readable_unit()
    {
        var records = Course.Named("sharing").Committed(Laptop).Of("unshared");
        var table = ArmTable.Of(records, Experiment.Excess, "flops");
        Assert.Equal(["arm", "excess", "teraFLOPs"], table.Head);
        Assert.Equal(["unshared", $"{records.Mean(Experiment.Excess):F3}", $"{records.Mean("flops") / 1e12:F3}"],
            Assert.Single(table.Rows));
    }

    [Fact]
    public void The_stages_of_an_arm_share_all_of_its_text()
    {
        var table = StageShares.Of(Course.Named("hierarchical").Committed(Laptop).Of("hierarchical", "joint"));
        Assert.Equal(["arm", "word vectors", "body", "head"], table.Head.Take(4));
        Assert.All(table.Rows, row => Assert.Equal(1, row.Skip(1).Sum(share => double.Parse(share,
            System.Globalization.CultureInfo.InvariantCulture)), 0.02));
    }

    [Fact]
    public void A_trend_of_costs_is_a_ratio_and_one_of_counted_runs_a_difference()
    {
        var experiment = Course.Named("sharing");
        var trends = Trend.Of(experiment, experiment.Committed(Laptop));
        var rows = TrendTable.Of(trends, "same depth", "time").Rows;
        Assert.Equal(["difference of shares of runs", "ratio of costs"], rows.Select(row => row[^1]).Distinct());
        var time = trends.First(t => t.Hypothesis.Name == "time");
        Assert.Equal($"{Math.Exp(time.Mean):F2}", rows.First(row => row[0] == "time")[2]);
        Assert.StartsWith("'nothing' has no trend: those with one are ",
            Assert.Throws<ArgumentException>(() => TrendTable.Of(trends, "nothing")).Message);
    }

    [Fact]
    public void The_arms_on_a_front_are_those_that_its_chart_names()
    {
        var records = Course.Named("sharing").Committed(Laptop);
        var arms = ParetoFronts.OnFront(records);
        Assert.NotEmpty(arms);
        Assert.All(arms, arm => Assert.Contains(arm, ParetoFronts.OverSeeds(records).Left.Caption));
    }

    [Fact]
    public void Scaling_curves_of_records_join_the_arms_of_a_family()
    {
        var records = Course.Named("architectures").Committed(Laptop)
            .Of("GRU", "GRU, equal seconds", "Transformer");
        var figure = ScalingCurves.OverSeeds("seconds", records);
        Assert.Contains("GRU", figure.Caption);
        Assert.Equal(["GRU", "Transformer"], figure.Marks.OfType<Line>().Select(line => line.Name));
    }
}
