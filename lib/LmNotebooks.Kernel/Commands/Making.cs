using System.Globalization;
using LmNotebooks.Experiments;
using LmNotebooks.Records;
using LmNotebooks.Training;

namespace LmNotebooks.Kernel.Commands;

/// <summary>The making of one experiment's records in the kit, as <c>lm experiment</c> does it.</summary>
/// <param name="seeds">Seeds to test on; null for all.</param>
internal sealed class Making(Experiment experiment, Scale scale, int jobs, int? seeds)
{
    private static readonly RunStore Store = RunStore.Committed;
    private readonly Runner runner = new(experiment, scale, Store) { Jobs = jobs, Seeds = seeds };

    /// <summary>Whether it may cost more than the kit allows.</summary>
    public bool OverBudget { get; init; }

    /// <summary>Whether a hypothesis that has changed may be judged on seeds that it was judged on before.</summary>
    public bool SameSeeds { get; init; }

    private readonly Judgements judgements = new(experiment, scale, Store);

    /// <summary>Says what is missing and what that would cost.</summary>
    /// <exception cref="CommandException">It is above the budget, or its seeds have been seen.</exception>
    public int Predict()
    {
        var (whole, missing) = (runner.Cost(runner.Needed()), runner.Cost(runner.Missing()));
        var minutes = missing.CoreMinutes / Math.Min(jobs, Environment.ProcessorCount);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {experiment.Name} at {scale.Name}
            missing   {missing.Runs} of {whole.Runs} runs, {missing.Tokens:N0} training tokens
            predicted {missing.CoreMinutes:F1} core-minutes, {minutes:F1} minutes with {jobs} runs at a time
            budget    {whole.CoreMinutes:F1} of {Runner.BudgetCoreMinutes} core-minutes for the whole experiment, tuning included
            """));
        Refuse(whole);
        RefuseSeenSeeds();
        return 0;
    }

    /// <summary>Makes one run.</summary>
    /// <exception cref="CommandException">There is no such run, it needs others first, or its seeds
    /// have been seen.</exception>
    public async Task<int> OneAsync(int number, CancellationToken token)
    {
        RefuseSeenSeeds();
        RunHost.Current = new RunHost(null, token);
        try
        {
            if (!await runner.RunAsync(number))
                throw new CommandException($"Run {number} of {experiment.Name} is being made by another process.");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new CommandException(e.Message);
        }
        var run = experiment.Runs(scale, Store)[number];
        var record = run.Record!;
        Console.WriteLine($"{experiment.Name}: run {number}, {run}: {ConsoleText.Outcome(record)}");
        return record.Finished ? 0 : CommandLine.Failure;
    }

    /// <summary>Makes what is missing and prints the verdicts.</summary>
    /// <exception cref="CommandException">It is above the budget, or its seeds have been seen.</exception>
    public async Task<int> AllAsync(CancellationToken token)
    {
        if (runner.Missing().Count > 0) Refuse(runner.Cost(runner.Needed()));
        RefuseSeenSeeds();
        string Outcome(PlannedRun run) => ConsoleText.Outcome(run.Record!);
        var records = await ExperimentView.DrawAsync(experiment.Name, Outcome, runner.RunAsync, token);
        return Verdicts.Print(experiment, records, judgements.Keep);
    }

    private void RefuseSeenSeeds()
    {
        if (!SameSeeds && judgements.Objection() is { } objection)
            throw new CommandException($"{objection} Or say --same-seeds, and say so where you report it.");
    }

    private void Refuse(Cost whole)
    {
        if (!OverBudget && whole.CoreMinutes > Runner.BudgetCoreMinutes)
            throw new CommandException(string.Create(CultureInfo.InvariantCulture,
                $"{experiment.Name} at {scale.Name} would cost {whole.CoreMinutes:F0} core-minutes, and the budget is "
                    + $"{Runner.BudgetCoreMinutes}: "
                + $"say --over-budget if you mean it."));
    }
}
