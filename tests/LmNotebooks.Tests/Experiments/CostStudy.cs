using LmNotebooks.Experiments;
using LmNotebooks.Records;
using LmNotebooks.Strategies;

namespace LmNotebooks.Tests.Experiments;

/// <summary>An experiment about costs with records made by hand. The floor is 1 and the unigram gap 2, so that margins
/// of 2 and 3 % are 0.04 and 0.06. Every seed learns the same, and an event follows the last by 100 tokens and 1000
/// FLOPs, of which 200 must follow each other in a run of several stages.</summary>
internal static class CostStudy
{
    /// <summary>The excess at each event, stage by stage; the first event of a run stands before its first
    /// step.</summary>
    private static readonly Dictionary<string, double[][]> Learned = new()
    {
        ["joint"] = [[3, 0.5, 0.3, 0.13, 0.12, 0.1]], // reaches 0.14 at 300 tokens, 0.36 at 200
        ["staged"] = [[3, 2.9], [0.139, 0.2, 0.139, 0.13, 0.12, 0.12]], // 0.14 at 400: the event at 200 is a lucky one
        ["replaced"] = [[3, 1, 0.3], [0.9, 0.35, 0.35, 0.34]], // 0.3 + 0.06 at 200 tokens of its last stage
        ["stuck"] = [[3, 1, 0.3], [0.9, 0.8, 0.7, 0.35, 0.35]], // not by 300 tokens of its last stage, the last miss
    };

    public static IReadOnlyList<Hypothesis> Hypotheses { get; } =
    [
        new("flops", "Stages cost less.", "staged", "joint") { Target = new("joint", Spending.Flops) },
        new("path", "Stages take less time.", "staged", "joint") { Target = new("joint", Spending.CriticalPathFlops) },
        new("replace", "A part is replaced for less.", "replaced",
            "joint") { Target = Target.Replacement(Spending.Tokens) },
        new("stick", "So is another.", "stuck", "joint") { Target = Target.Replacement(Spending.Tokens) },
        new("flow", "The first is replaced for less than the other.", "replaced",
            "stuck") { Target = Target.Replacement(Spending.Tokens) },
        new("last", "A last stage costs less.", "staged",
            "joint") { Target = new("joint", Spending.CriticalPathFlops) { LastStage = true } },
    ];

    public static Experiment Definition { get; } =
        new("replacing", "What does a part cost?", new Texts("tiny"),
        [.. Learned.Keys.Select(arm => new Trained(arm, new Joint()))], Hypotheses)
        {
            Seeds = [.. Enumerable.Range(11, 8)],
        };

    /// <param name="seeds">Which seeds learn as they are said to; the others never reach anything.</param>
    public static IReadOnlyList<RunRecord> Records(Func<string, int, bool>? seeds = null) =>
    [
        .. from run in Definition.Runs(Scale.Laptop)
           where !run.IsTuning
           let arm = run.Arm.Name
           let stages = seeds?.Invoke(arm, run.Seed) ?? true ? Learned[arm]
               : [.. Learned[arm].Select(stage => stage.Select(_ => 3.0).ToArray())]
           select new RunRecord(
               new RunHeader("replacing", arm, [], run.Seed, "cpu", 1, "data", "source", new Dictionary<string,
                   string>(), DateTimeOffset.UnixEpoch) { Number = run.Number },
               [.. stages.SelectMany((stage, number) => stage.Select(excess => (excess, number))).Select((e, i) =>
                   new RunEvent($"stage {e.number}", i, 100 * i, 1000 * i, i, double.NaN,
                       1 + e.excess) { CriticalPathFlops = stages.Length > 1 ? 200 * i : null })],
               new RunResult(1234, 0, 3000, 0, 3e9, 3e9, 3, 1 + stages[^1][^1])
               {
                   Measures = new Dictionary<string, double> { [Experiment.Excess] = stages[^1][^1],
                       [Experiment.Floor] = 1, [Experiment.UnigramGap] = 2 },
               }, []),
    ];
}
