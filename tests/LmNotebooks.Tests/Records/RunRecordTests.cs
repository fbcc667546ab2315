using LmNotebooks.Records;

namespace LmNotebooks.Tests.Records;

public class RunRecordTests
{
    private static readonly RunEvent[] Events =
    [
        new("vectors", 0, 0, 0, 0, 0, 5), new("vectors", 1, 100, 0, 0, 0, 4), new("body", 2, 200, 0, 0, 0, 3),
        new("body", 3, 300, 0, 0, 0, 2),
    ];

    private static readonly RunRecord Run = new(new RunHeader("e", "staged", [], 1, "cpu", 1, "d", "s",
        new Dictionary<string, string>(), default), Events, new RunResult(1, 0, 300, 0, 0, 0, 0, 2), []);

    [Fact]
    public void A_stage_ends_with_its_last_event_and_before_the_last_one_stands_that_of_the_stage_before()
    {
        Assert.Equal(Events[1], Run.EndOf("vectors"));
        Assert.Equal(Events[3], Run.EndOf("body"));
        Assert.Equal(Events[1], Run.BeforeLastStage);
        Assert.Null((Run with { Events = Events[..2] }).BeforeLastStage);
        Assert.Equal("The run of staged has no stage 'head': it has vectors, body.",
            Assert.Throws<ArgumentException>(() => Run.EndOf("head")).Message);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(149, 1)]
    [InlineData(260, 3)]
    [InlineData(long.MaxValue, 3)]
    public void At_so_many_tokens_stands_the_closest_event(long tokens, int expected) =>
        Assert.Equal(Events[expected], Run.At(tokens));

    [Fact]
    public void A_run_that_was_cut_off_failed_or_chose_a_rate_is_no_test()
    {
        Assert.True(Run.IsTest);
        Assert.False((Run with { Result = null }).IsTest);
        Assert.False((Run with { Result = Run.Result! with { Error = "No memory." } }).IsTest);
        Assert.False((Run with { Header = Run.Header with { TriedRate = 0.1 } }).IsTest);
        Assert.Contains("was cut off", Assert.Throws<InvalidOperationException>(() =>
            (Run with { Events = [] }).At(0)).Message);
    }
}
