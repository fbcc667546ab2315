using System.Text.Json.Nodes;
using FsCheck.Xunit;
using LmNotebooks.Experiments;
using LmNotebooks.Lessons;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Tests.Experiments;

/// <summary>The rule by which records are reproduced.</summary>
public class ReproductionTests
{
    private static RunRecord Record(double loss = 2, double excess = 0.1, string cpu = "a", int seed = 11,
        double seconds = 1, string source = "s") => new(
        new RunHeader("e", "Transformer", new JsonObject(), seed, "cpu", 1, "data", source, new Dictionary<string,
            string> { ["cpu"] = cpu }, DateTimeOffset.UnixEpoch) { DefinitionHash = "d" },
        [new RunEvent("joint", 0, 0, 0, 0, double.NaN, 5), new RunEvent("joint", 1, 10, 1, seconds, 3, loss)],
        new RunResult(1, 1, 10, 0, 1, 1, seconds, loss) { Measures = new Dictionary<string,
            double> { [Experiment.Excess] = excess } }, []);

    private static RunRecord Failed => Record() with { Result =
        new RunResult(0, 0, 0, 0, 0, 0, 0, double.NaN, "out of memory") };

    private static Agreement Same(RunRecord committed, RunRecord again) => Reproduction.Same(committed, again, () => 0.02)
        .Agreement;

    [Fact]
    public void A_run_with_the_same_losses_is_bit_equal_however_long_it_took()
    {
        var compared = Reproduction.Same(Record(), Record(seconds: 9), () => 0.02);
        Assert.Equal((Agreement.BitEqual, (1.0, 9.0)), (compared.Agreement, compared.Seconds));
        Assert.Equal(Agreement.BitEqual, Same(Record(), Record(cpu: "b")));
    }

    [Fact]
    public void On_the_same_cpu_with_the_same_versions_the_last_bit_counts_in_every_loss_and_every_measure()
    {
        Assert.Equal(Agreement.Disagrees, Same(Record(2), Record(Math.BitIncrement(2))));
        Assert.Equal(Agreement.Disagrees, Same(Record(excess: 0.1), Record(excess: Math.BitIncrement(0.1))));
    }

    [Property]
    public bool Elsewhere_or_with_other_code_the_final_losses_are_within_two_hundredths_of_a_nat(int thousandths,
        bool code)
    {
        var difference = Math.IEEERemainder(thousandths, 60);
        var again = code ? Record(2 + difference / 1000, source: "t") : Record(2 + difference / 1000, cpu: "b");
        var expected = difference == 0 ? Agreement.BitEqual : Math.Abs(difference) < 20 ? Agreement.Close
            : Agreement.Disagrees;
        return Math.Abs(difference) == 20 || Same(Record(), again) == expected;
    }

    [Fact]
    public void A_run_that_fails_agrees_with_nothing()
    {
        Assert.Equal(Agreement.Disagrees, Same(Record(cpu: "b"), Failed));
        Assert.Equal(Agreement.Disagrees, Reproduction.NewSeed([Record(), Record(excess: 0.2)], Failed).Agreement);
    }

    [Property]
    public bool A_new_seed_agrees_if_its_excess_lies_in_the_prediction_interval(int hundredths)
    {
        double[] excess = [0.1, 0.12, 0.15, 0.11];
        var found = Math.IEEERemainder(hundredths, 40) / 100;
        var (interval, compared) = (Interval.OfNext(excess),
            Reproduction.NewSeed([.. excess.Select((e, i) => Record(excess: e, seed: i))],
            Record(excess: found, seed: 9)));
        return compared.Expected == interval && compared.Agreement == (interval.Low <= found && found <= interval.High
            ? Agreement.AsPredicted : Agreement.Unusual);
    }

    [Fact]
    public void Each_run_is_compared_with_its_own_seed_or_with_all_seeds_of_its_arm_and_never_with_tuning_or_failed_runs()
    {
        RunRecord[] committed = [Record(seed: 1) with { Header = Record(seed: 1).Header with { TriedRate = 1 } },
            Record(2, 0.1, seed: 11), Record(3, 0.2, seed: 12), Failed with { Header = Record(seed: 13).Header }];
        var compared = Reproduction.Compare(committed,
            [Record(3, 0.2, seed: 12), Record(2, 0.1, seed: 13), Record(2, 0.1, seed: 1)], () => 0.02);
        Assert.Equal([Agreement.BitEqual, Agreement.AsPredicted, Agreement.AsPredicted],
            compared.Select(c => c.Agreement));
        Assert.All(compared.Skip(1), c => Assert.Equal(Interval.OfNext([0.1, 0.2]), c.Expected));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 0.05)]
    [InlineData(1, 20, 0.64151)]
    [InlineData(3, 20, 0.07548)]
    [InlineData(5, 20, 0.00257)]
    [InlineData(0, 0, 1)]
    public void New_seeds_are_judged_together_by_how_many_miss_against_one_in_twenty(int unusual, int runs, double p)
    {
        Comparison Of(Agreement agreement) => new(Record().Header, new Interval(0, 0, 0), 0, agreement, (1, 1));
        var compared = Enumerable.Range(0, runs)
            .Select(i => Of(i < unusual ? Agreement.Unusual : Agreement.AsPredicted));
        var together = NewSeeds.Of([.. compared, Of(Agreement.BitEqual)]);
        Assert.Equal((runs, unusual, p >= 0.01), (together.Runs, together.Unusual, together.Agree));
        Assert.Equal(p, together.P, 1e-5);
    }

    [Fact]
    public void New_seeds_are_neither_tested_nor_tuned_on()
    {
        var experiment = Course.Named("language-models");
        var seeds = experiment.WithNewSeeds(3).Checked().Seeds;
        Assert.Equal(3, seeds.Distinct().Count());
        Assert.Empty(seeds.Intersect(experiment.Seeds.Concat(experiment.TuningSeeds)));
    }
}
