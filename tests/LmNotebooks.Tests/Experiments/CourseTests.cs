using LmNotebooks.Experiments;
using LmNotebooks.Lessons;

namespace LmNotebooks.Tests.Experiments;

/// <summary>What every experiment of the course keeps.</summary>
public class CourseTests
{
    public static TheoryData<Experiment> All => new(Course.All);

    [Theory, MemberData(nameof(All))]
    public void Its_definition_makes_sense_and_its_runs_are_numbered_from_0(Experiment experiment)
    {
        var runs = experiment.Checked().Runs(Scale.Laptop);
        Assert.Equal(Enumerable.Range(0, runs.Count), runs.Select(r => r.Number));
        Assert.True(experiment.Seeds.Count >= 8, "A confirmatory contrast needs 8 seeds.");
    }

    [Fact]
    public void A_definition_that_makes_no_sense_is_refused_in_one_sentence()
    {
        var good = Course.Named("language-models");
        string Refused(Experiment bad) => Assert.Throws<ArgumentException>(() => bad.Checked()).Message;
        Assert.Contains("two arms of one name", Refused(good with { Arms = [good.Arms[0], good.Arms[0]] }));
        Assert.Contains("at most 6", Refused(good with { Hypotheses = [.. Enumerable.Repeat(good.Hypotheses[0], 7)] }));
        Assert.Contains("'nobody'", Refused(good with { Hypotheses = [good.Hypotheses[0] with { Arm = "nobody" }] }));
        Assert.Contains("tunes on", Refused(good with { TuningSeeds = good.Seeds }));
    }
}
