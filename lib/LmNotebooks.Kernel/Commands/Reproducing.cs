using System.Globalization;
using LmNotebooks.Experiments;
using LmNotebooks.Lessons;
using LmNotebooks.Records;

namespace LmNotebooks.Kernel.Commands;

/// <summary>The making of committed runs again, and what comes of it, as <c>lm reproduce</c> says it.</summary>
internal sealed class Reproducing(Scale scale)
{
    public const int FewSeeds = 2;

    private readonly RunStore committed = RunStore.Committed;

    /// <summary>Whether to take seeds that the experiment has not used.</summary>
    public bool NewSeeds { get; init; }

    /// <summary>How many seeds; null for all, or a few new ones.</summary>
    public int? Seeds { get; init; }

    /// <summary>Names of the arms; none for all.</summary>
    public IReadOnlyList<string> Arms { get; init; } = [];

    /// <param name="chosen">Null for all experiments that have records.</param>
    /// <exception cref="CommandException">There is nothing to compare with, or no such arm or seed; one
    /// sentence.</exception>
    public async Task<int> RunAsync(Experiment? chosen, CancellationToken token)
    {
        IReadOnlyList<Experiment> asked = chosen is null ? Course.All : [chosen];
        var experiments = asked.Where(e => committed.Read(e.Name, scale.Name).Count > 0).ToList();
        if (experiments.Count == 0)
            throw new CommandException($"There are no committed records of {chosen?.Name ?? "any experiment"} "
                + $"at {scale.Name} to compare with: {MakeThem(chosen?.Name ?? "NAME")}");
        foreach (var experiment in experiments) Check(experiment);
        var compared = new List<Comparison>();
        foreach (var experiment in experiments) compared.AddRange(await CompareAsync(experiment, token));
        return Agree(compared) ? 0 : CommandLine.Failure;
    }

    private void Check(Experiment experiment)
    {
        try { experiment.ArmsNamed(Arms); }
        catch (ArgumentException e) { throw new CommandException(e.Message); }
        if (!NewSeeds) Parameters.CheckSeeds(experiment, Seeds);
        var needed = new Runner(experiment, scale, committed) { Arms = Arms, Seeds = NewSeeds ? null : Seeds }.Needed();
        if (needed.Any(r => !r.IsTuning && r.Record is not { Finished: true }))
            throw new CommandException($"Not all runs of {experiment.Name} at {scale.Name} have a committed record "
                + $"to compare with: {MakeThem(experiment.Name)}");
    }

    private string MakeThem(string name) => $"make them with 'lm experiment {name} --scale {scale.Name}'.";

    private async Task<IReadOnlyList<Comparison>> CompareAsync(Experiment experiment, CancellationToken token)
    {
        var store = new RunStore(Path.Combine(Kit.Folder, "out", "reproduced", NewSeeds ? "new-seeds" : "same"));
        var again = NewSeeds ? experiment.WithNewSeeds(Seeds ?? FewSeeds) : experiment;
        var runner = new Runner(again, scale, store)
        {
            RatesFrom = committed, Arms = Arms, Seeds = NewSeeds ? null : Seeds,
        };
        string Outcome(PlannedRun run) => ConsoleText.Outcome(run.Record!);
        var records = await ExperimentView.DrawAsync(experiment.Name, Outcome, runner.RunAsync, token);
        var compared = Reproduction.Compare(committed.Read(experiment.Name, scale.Name), records, Tolerance);
        ConsoleText.Table(["arm", "seed", "expected (nats per token)", "that agrees", "found", "", "seconds then",
            "now"],
            compared.Select(Row));
        Console.WriteLine($"{experiment.Name}: {Said(compared)}.");
        return compared;
    }

    private double Tolerance()
    {
        try { return NoiseExperiment.ToleranceAt(scale, committed); }
        catch (InvalidOperationException e) { throw new CommandException(e.Message); }
    }

    private static string[] Row(Comparison compared) =>
    [
        compared.Run.Arm, $"{compared.Run.Seed}", ConsoleText.Number(compared.Expected.Value),
            ConsoleText.Range(compared.Expected),
        ConsoleText.Number(compared.Found), ReproduceCommand.Word(compared.Agreement),
        Seconds(compared.Seconds.Then), Seconds(compared.Seconds.Now),
    ];

    private string Said(IReadOnlyList<Comparison> compared)
    {
        int Count(Agreement agreement) => compared.Count(c => c.Agreement == agreement);
        if (Count(Agreement.Disagrees) is > 0 and var differ) return $"{differ} of {compared.Count} runs disagree";
        return NewSeeds ? $"{Count(Agreement.AsPredicted)} of {compared.Count} runs are as predicted"
            : $"all {compared.Count} runs agree";
    }

    /// <summary>Whether all agree. New seeds are judged together, and it says so.</summary>
    private bool Agree(IReadOnlyList<Comparison> compared)
    {
        var agree = compared.All(c => c.Agreement != Agreement.Disagrees);
        if (!NewSeeds) return agree;
        var together = Experiments.NewSeeds.Of(compared);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Together {together.Unusual} of {together.Runs} runs with new seeds lie outside their 95 % intervals. "
            + $"So many or more do by chance with probability {together.P:0.####}: "
            + $"they {(together.Agree ? "agree" : "disagree")}."));
        return agree && together.Agree;
    }

    private static string Seconds(double seconds) => seconds.ToString("F1", CultureInfo.InvariantCulture);
}
