using LmNotebooks.Experiments;
using LmNotebooks.Records;
using LmNotebooks.Strategies;

namespace LmNotebooks.Tests.Experiments;

/// <summary>An experiment with records made by hand, whose numbers a reader can compute.</summary>
internal static class Study
{
    public static Experiment Definition { get; } = new("sharing", "What does sharing cost?", new Texts("tiny"),
        [new Counted("trigram", 3), new Trained("ALBERT, all", new Joint()), new Trained("unshared", new Joint())],
        [new("learning", "Training beats counting.", "ALBERT, all", "trigram"),
            new("price", "Sharing is better.", "ALBERT, all", "unshared")]) { Seeds = [.. Enumerable.Range(11, 8)] };

    /// <summary>The excess of seed 11 + i is the arm's own + 0.001 i; ALBERT, all has 0.1.</summary>
    public static double Excess(string arm, int seed) =>
        arm switch { "trigram" => 0.6, "unshared" => 0.08, _ => 0.1 } + (seed - 11) * 0.001;

    /// <summary>All test runs, and a tuning run that no number may see.</summary>
    public static IReadOnlyList<RunRecord> Records() =>
    [
        .. from run in Definition.Runs(Scale.Laptop)
           where !run.IsTuning || run.Number == 0
           let excess = !run.IsTuning ? Excess(run.Arm.Name, run.Seed) : 9
           select new RunRecord(
               new RunHeader("sharing", run.Arm.Name, [], run.Seed, "cpu", 1, "data", "source", new Dictionary<string,
                   string>(), DateTimeOffset.UnixEpoch)
               {
                   Number = run.Number, TriedRate = run.IsTuning ? 1 : null,
               },
               [.. Enumerable.Range(1, run.Arm is Counted ? 1 : 3)
                   .Select(i => new RunEvent("joint", i, 1000 * i, 1e9 * i, i, double.NaN, 2 + excess + 3 - i))],
               new RunResult(1234, 0, 3000, 0, 3e9, 3e9, 3, 2 + excess)
               {
                   Measures = new Dictionary<string, double> { [Experiment.Excess] = excess, [Experiment.Floor] = 2,
                       [Experiment.UnigramGap] = 2 },
               }, []),
    ];

    public static Quantities Kept(string folder, IReadOnlyList<RunRecord> records)
    {
        foreach (var record in records)
        {
            using var file = RunFile.Create(Path.Combine(folder, "sharing", "laptop",
                $"{record.Header.Number:D3}.jsonl"), record.Header);
            file.Append(record.Result!);
        }
        return new Quantities(new RunStore(folder), Definition);
    }
}
