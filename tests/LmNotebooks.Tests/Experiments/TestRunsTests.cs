using LmNotebooks.Experiments;
using LmNotebooks.Lessons;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Tests.Experiments;

/// <summary>The words in which notebooks speak of records, on records made by hand: two arms with three seeds, one of
/// the gallery with a single one, and between them what must not count.</summary>
public class TestRunsTests
{
    private static RunRecord Run(string arm, int seed, double excess) =>
        new(new RunHeader("e", arm, [], seed, "cpu", 1, "d", "s", new Dictionary<string, string>(), default), [],
            new RunResult(100 + seed, 0, 0, 0, 0, 0, 0, 3) { Measures = new Dictionary<string, double>
                { [Experiment.Excess] = excess, [Experiment.Floor] = 2 } }, []);

    private static RunRecord Tuning(RunRecord run) => run with { Header = run.Header with { TriedRate = 0.1 } };

    private static RunRecord Failed(RunRecord run) => run with { Result = run.Result! with { Error = "No memory." } };

    private static readonly IReadOnlyList<RunRecord> Records =
    [
        Tuning(Run("slow", 1, 50)), Run("slow", 11, 1), Run("slow", 12, 2), Run("slow", 13, 6),
        Run("quick", 11, 0.5), Failed(Run("quick", 12, double.NaN)), Run("quick", 12, 0.75), Run("quick", 13, 1),
        Run("shown", 11, 4), Run("cut off", 11, 9) with { Result = null },
    ];

    [Fact]
    public void Tuning_runs_failed_ones_and_those_that_were_cut_off_are_no_tests() =>
        Assert.Equal(7, Records.Tests().Count());

    [Fact]
    public void Arms_come_in_the_order_in_which_they_are_named_each_once_and_by_themselves_in_that_of_the_records()
    {
        Assert.Equal(["shown", "slow", "slow", "slow"], Records.Of("shown", "slow", "shown").Select(r => r.Header.Arm));
        Assert.Equal(["slow", "quick", "shown"], Records.ByArm().Select(arm => arm.Key));
        Assert.Equal([3, 3, 1], Records.ByArm().Select(arm => arm.Count()));
    }

    [Fact]
    public void Every_word_means_the_test_runs_alone()
    {
        Assert.Equal([1, 2, 6], Records.Of("slow").Values(Experiment.Excess));
        Assert.Equal([1, 2, 6], Records.Where(r => r.Header.Arm == "slow").Values(Experiment.Excess));
        Assert.Equal(0.75, Records.Where(r => r.Header.Arm == "quick").Mean(Experiment.Excess));
    }

    [Fact]
    public void The_interval_over_seeds_is_students_and_the_range_goes_from_the_lowest_to_the_highest()
    {
        // Mean 3, standard deviation sqrt(7), n = 3; the quantile of t with 2 degrees of freedom has a closed form.
        var t = 0.95 * Math.Sqrt(2 / (1 - 0.95 * 0.95));
        var half = t * Math.Sqrt(7) / Math.Sqrt(3);
        var interval = Records.Of("slow").Interval(Experiment.Excess);
        Assert.Equal(3, interval.Value, 1e-9);
        Assert.Equal(3 - half, interval.Low, 1e-9);
        Assert.Equal(3 + half, interval.High, 1e-9);
        Assert.Equal(new Interval(3, 1, 6), (Interval)Records.Of("slow").Range(Experiment.Excess));
    }

    [Fact]
    public void Of_one_seed_the_interval_is_the_value_itself() =>
        Assert.Equal(new Interval(4, 4, 4), (Interval)Records.Of("shown").Interval(Experiment.Excess));

    [Fact]
    public void What_a_run_cost_is_a_number_of_it_like_what_was_measured() =>
        Assert.Equal(112, Records.Of("slow").Mean("parameters"));

    [Fact]
    public void The_excess_at_an_evaluation_is_through_the_parts_that_stood_in()
    {
        var own = new RunEvent("body", 1, 10, 0, 0, 0, 5);
        Assert.Equal(3, Records.Of("shown")[0].Excess(own));
        Assert.Equal(0.5, Records.Of("shown")[0].Excess(own with { ObjectiveLoss = 2.5 }));
    }

    [Fact]
    public void What_is_not_there_is_said_in_one_sentence()
    {
        Assert.Equal("There is no test run of 'cut off': there are those of slow; quick; shown.",
            Assert.Throws<ArgumentException>(() => Records.Of("slow", "cut off")).Message);
        Assert.Equal("The run of shown with seed 11 has no measure 'gap': it has excess, floor, parameters, optimizer "
            + "bytes, tokens, labels, flops, critical path flops, seconds, loss.",
            Assert.Throws<InvalidOperationException>(() => Records.Of("shown").Mean("gap")).Message);
        Assert.Equal("There is no test run to take the excess of: name an arm that has one.",
            Assert.Throws<InvalidOperationException>(() => ((RunRecord[])[]).Interval(Experiment.Excess)).Message);
    }

    [Fact]
    public void Without_records_no_arm_is_missed() => Assert.Empty(((RunRecord[])[]).Of("slow"));

    [Fact]
    public void The_kits_own_records_come_without_their_tuning_runs()
    {
        var experiment = Course.Named("language-models");
        var all = RunStore.Committed.Read(experiment.Name, Scale.Laptop.Name);
        Assert.Equal(all.Count(run => run.IsTest), experiment.Committed(Scale.Laptop).Count);
        Assert.InRange(experiment.Committed(Scale.Laptop).Count, 1, all.Count - 1);
        Assert.Empty(experiment.Committed(Scale.Gpu));
    }
}
