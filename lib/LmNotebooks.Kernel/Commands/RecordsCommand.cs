using System.CommandLine;
using System.Globalization;
using LmNotebooks.Experiments;
using LmNotebooks.Lessons;
using LmNotebooks.Records;

namespace LmNotebooks.Kernel.Commands;

/// <summary><c>lm records</c>: which records the kit has, and which of them no longer belong to its code.</summary>
internal static class RecordsCommand
{
    public static Command Make()
    {
        var stale = new Option<bool>("--stale") { Description =
            "List the runs that 'lm experiment' would make again, with the reason." };
        var command = new Command("records", """
            Count the kit's records, by experiment and scale.

            Examples:
              lm records
              lm records --stale
            """) { stale };
        command.SetAction(parsed => Print(RunStore.Committed, parsed.GetValue(stale)));
        return command;
    }

    private static int Print(RunStore store, bool stale)
    {
        var all = from experiment in Course.All from scale in Scale.All select new Holding(experiment, scale, store);
        var holdings = all.Where(s => s.Bytes > 0 || s.Scale == Scale.Laptop).ToList();
        if (stale)
        {
            var lines = holdings.SelectMany(s => s.Stale()).ToList();
            foreach (var line in lines) Console.WriteLine(line);
            if (lines.Count == 0)
                Console.WriteLine("No record is stale or missing: 'lm experiment' would make none again.");
            return 0;
        }
        ConsoleText.Table(["experiment", "scale", "runs", "finished", "failed", "stale", "missing", "size (kB)"],
            holdings.Select(s => s.Row()));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{store.Bytes() / 1e6:F2} MB of at most {RunStore.MostBytes / 1e6:F0} MB"));
        return 0;
    }

    /// <summary>The records of one experiment at one scale.</summary>
    private sealed record Holding(Experiment Experiment, Scale Scale, RunStore Store)
    {
        public long Bytes { get; } = Store.Bytes(Experiment.Name, Scale.Name);

        /// <summary>At the smallest scale the first seed is enough: the tests make it again, to see whether this code
        /// still does. Others count where they are there.</summary>
        private IReadOnlyList<(PlannedRun Run, RunState State)> Runs => field ??=
            [.. new Runner(Experiment, Scale, Store).Needed()
                .Where(r => Scale != Scale.Ci || r.Seed == Experiment.Seeds[0] || r.Record is not null)
                .Select(r => (r, r.State))];

        public string[] Row()
        {
            int Count(params RunState[] states) => Runs.Count(r => states.Contains(r.State));
            return
            [
                Experiment.Name, Scale.Name, $"{Runs.Count}",
                    $"{Runs.Count(r => r.Run.Record is { Finished: true })}",
                $"{Count(RunState.Failed)}", $"{Count(RunState.SourceChanged, RunState.DefinitionChanged)}",
                    $"{Count(RunState.Missing)}",
                (Bytes / 1e3).ToString("F0", CultureInfo.InvariantCulture),
            ];
        }

        public IEnumerable<string> Stale() => Runs.Where(r => r.State != RunState.Fresh)
            .Select(r => $"{Experiment.Name}, {Scale.Name}, run {r.Run.Number}, {r.Run}: {Reason(r.State)}");

        private static string Reason(RunState state) => state switch
        {
            RunState.SourceChanged => "source changed",
            RunState.DefinitionChanged => "definition changed",
            _ => $"{state}".ToLowerInvariant(),
        };
    }
}
