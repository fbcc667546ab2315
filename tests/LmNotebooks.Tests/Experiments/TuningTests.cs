using LmNotebooks.Experiments;
using LmNotebooks.Records;
using LmNotebooks.Strategies;

namespace LmNotebooks.Tests.Experiments;

/// <summary>What is chosen for an arm whose trials end as they are said to.</summary>
public sealed class TuningTests : IDisposable
{
    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    private static Experiment Definition { get; } = new("staging", "?", new Texts("tiny"),
        [
            new Trained("staged", new HierarchicalTraining())
            {
                Choices =
                [
                    Among("share of the words", (s, share) => s with { WordShare = share }, 0.2, 0.1, 0.4),
                    Among("rate of the words", (s, rate) => s with { WordRate = rate }, 1, 2),
                ],
            },
        ], []);

    private static Choice Among(string name, Func<HierarchicalTraining, double, HierarchicalTraining> set,
        params double[] values) => Choice.Among(name, (arm, value) =>
            (Trained)arm with { Strategy = set((HierarchicalTraining)((Trained)arm).Strategy, value) }, values);

    [Fact]
    public void The_rate_comes_first_and_then_the_choices_one_after_another_with_what_was_found_before()
    {
        Assert.Equal(
            [
                "rate x 0.5", "rate x 1", "rate x 2", "rate x 4", "rate x 8", "rate x 16", "share of the words 0.1",
                "share of the words 0.4", "rate of the words 2", "x 8, 2 0",
            ],
            Walk(trial => trial switch
            {
                "rate x 4" => 0.12, "rate x 8" => 0.11, "share of the words 0.1" => 0.2, "share of the words 0.4" => 0.1,
                "rate of the words 2" => 0.105, _ => 0.3,
            }));
    }

    [Fact]
    public void The_first_option_stands_where_no_other_is_better_and_the_grid_is_enough_where_its_best_is_inside() =>
        Assert.Equal(
            [
                "rate x 0.5", "rate x 1", "rate x 2", "rate x 4", "share of the words 0.1", "share of the words 0.4",
                "rate of the words 2", "x 2, 0 1",
            ],
            Walk(trial => trial switch { "rate x 2" => 0.1, "rate of the words 2" => 0.09, _ => 0.3 }));

    /// <summary>One seed alone would choose otherwise.</summary>
    [Fact]
    public void The_mean_over_the_tuning_seeds_decides() =>
        Assert.Equal("x 1, 1 0", Walk(trial => trial switch { "rate x 1" => 0.2, "share of the words 0.1" => 0.19,
            _ => 0.3 }, (trial, seed) => seed == 1 && trial.Contains("0.1") ? 0.015 : 0)[^1]);

    [Fact]
    public void A_test_run_trains_with_what_was_chosen()
    {
        Walk(trial => trial switch { "rate x 2" => 0.12, "share of the words 0.4" => 0.1, _ => 0.3 });
        var runs = Definition.Runs(Scale.Laptop, Store());
        var test = runs.First(r => !r.IsTuning);
        var (arm, scale) = test.Tuned();
        Assert.Equal((0.4, 1, 2 * Scale.Laptop.Schedule.Peak), (((HierarchicalTraining)((Trained)arm).Strategy)
            .WordShare, ((HierarchicalTraining)((Trained)arm).Strategy).WordRate, scale.Schedule.Peak));
        var trial = runs.First(r => r.ToString() == "staged, seed 1, rate of the words 2").Tuned().Arm;
        Assert.Equal((0.4, 2), (((HierarchicalTraining)((Trained)trial).Strategy).WordShare,
            ((HierarchicalTraining)((Trained)trial).Strategy).WordRate));
    }

    private RunStore Store() => new(folder.File("store"));

    /// <summary>The trials in the order in which they are asked for, and what is chosen at last.</summary>
    private List<string> Walk(Func<string, double> excess, Func<string, int, double>? noise = null)
    {
        var walk = new List<string>();
        while (true)
        {
            var trials = Definition.Runs(Scale.Laptop, Store()).Where(r => r.IsTuning).ToList();
            var found = Tuning.Of(trials, 2, t => t.Record is not null);
            if (found.Factor is { } factor)
                return [.. walk, FormattableString.Invariant($"x {factor}, {string.Join(' ', found.Options)}")];
            foreach (var run in found.Needed.Where(t => t.Record is null))
            {
                var trial = run.ToString()[$"staged, seed {run.Seed}, ".Length..];
                if (run.Seed == 1) walk.Add(trial);
                End(run, excess(trial) + (noise?.Invoke(trial, run.Seed) ?? 0));
            }
        }
    }

    private void End(PlannedRun run, double excess)
    {
        var path = Store().PathOf("staging", Scale.Laptop.Name, run.Number, run.Arm.Name);
        using var file = RunFile.Create(path, new RunHeader("staging", "staged", [], run.Seed, "cpu", 1, "data",
            "source", new Dictionary<string, string>(), DateTimeOffset.UnixEpoch) { TriedRate = 1 });
        file.Append(new RunResult(1, 0, 1, 0, 1, 1, 1, excess)
        {
            Measures = new Dictionary<string, double> { [Experiment.Excess] = excess },
        });
    }
}
