using System.CommandLine;
using System.Globalization;
using LmNotebooks.Experiments;
using LmNotebooks.Lessons;
using LmNotebooks.Records;

namespace LmNotebooks.Kernel.Commands;

/// <summary><c>lm reproduce</c>: makes runs again, beside the committed records, and says whether they agree.</summary>
internal static class ReproduceCommand
{
    private const int NewSeeds = 2;
    private static readonly string Tolerance = Reproduction.Tolerance.ToString(CultureInfo.InvariantCulture);

    public static Command Make()
    {
        var name = Parameters.Experiment("Which one. Default: all that have records.");
        var scale = Parameters.Scale("How large the runs are. Default: Laptop.");
        var fresh = new Option<bool>("--new-seeds") { Description = $"Make runs with {NewSeeds} seeds that the experiment has not used, instead of its own." };
        var command = new Command("reproduce", $"""
            Make the committed runs again, into out/reproduced, and compare. Learning rates are those that the committed tuning chose.

            A run made again must be bit-equal on the same kind of CPU with the same versions and code, else its final loss within {Tolerance} nats
            per token. A new seed must lie in the 95 % prediction interval of the committed seeds, which one in twenty does not, by chance. Seconds
            are shown, not judged. Finished runs are not made again: remove out/reproduced for that.

            Examples:
              lm reproduce language-models --scale Ci
              lm reproduce --new-seeds
            """)
        {
            name, scale, fresh,
        };
        command.SetAction((parsed, token) => RunAsync(parsed.GetValue(name), parsed.GetValue(scale) ?? Scale.Laptop, parsed.GetValue(fresh), token));
        return command;
    }

    private static async Task<int> RunAsync(Experiment? chosen, Scale scale, bool newSeeds, CancellationToken token)
    {
        var committed = RunStore.Committed;
        var experiments = (chosen is null ? Course.All : [chosen]).Where(e => committed.Read(e.Name, scale.Name).Count > 0).ToList();
        if (experiments.Count == 0)
            throw new CommandException($"There are no committed records of {chosen?.Name ?? "any experiment"} at {scale.Name} to compare with: "
                + $"make them with 'lm experiment {chosen?.Name ?? "NAME"} --scale {scale.Name}'.");
        var store = new RunStore(Path.Combine(Kit.Folder, "out", "reproduced", newSeeds ? "new-seeds" : "same"));
        var agree = true;
        foreach (var experiment in experiments)
            agree &= await AgreesAsync(experiment, newSeeds ? experiment.WithNewSeeds(NewSeeds) : experiment, scale, committed, store, token);
        return agree ? 0 : CommandLine.Failure;
    }

    private static async Task<bool> AgreesAsync(Experiment experiment, Experiment again, Scale scale, RunStore committed, RunStore store,
        CancellationToken token)
    {
        if (new Runner(experiment, scale, committed).Needed().Any(r => r.Factor is null && r.Record(committed, scale) is not { Finished: true }))
            throw new CommandException($"Not all runs of {experiment.Name} at {scale.Name} have a committed record to compare with: "
                + $"make them with 'lm experiment {experiment.Name} --scale {scale.Name}'.");
        var records = await ExperimentView.DrawAsync(experiment.Name, run => Texts.Outcome(run.Record(store, scale)!),
            new Runner(again, scale, store) { RatesFrom = committed }.RunAsync, token);
        var compared = Reproduction.Compare(committed.Read(experiment.Name, scale.Name), records);
        Texts.Table(["arm", "seed", "expected (nats per token)", "that agrees", "found", "", "seconds then", "now"], compared.Select(c => (string[])
        [
            c.Run.Arm, $"{c.Run.Seed}", Texts.Number(c.Expected.Value), Texts.Range(c.Expected), Texts.Number(c.Found), Word(c.Agreement),
            Seconds(c.Seconds.Then), Seconds(c.Seconds.Now),
        ]));
        var differ = compared.Count(c => c.Agreement == Agreement.Disagrees);
        Console.WriteLine($"{experiment.Name}: {(differ == 0 ? $"all {compared.Count} runs agree" : $"{differ} of {compared.Count} runs disagree")}.");
        return differ == 0;
    }

    private static string Seconds(double seconds) => seconds.ToString("F1", CultureInfo.InvariantCulture);

    private static string Word(Agreement agreement) => agreement switch
    {
        Agreement.BitEqual => "bit-equal",
        Agreement.Close => $"within {Tolerance}",
        Agreement.AsPredicted => "as predicted",
        _ => "disagrees",
    };
}
