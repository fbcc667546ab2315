using LmNotebooks.Experiments;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Kernel.Commands;

/// <summary>What an experiment found: the arms over the seeds, the hypotheses with their verdicts, the runs that
/// failed.</summary>
internal static class Verdicts
{
    /// <param name="records">Of the runs that are not for tuning.</param>
    /// <param name="judged">Is told the verdicts, if there are any.</param>
    /// <returns>The exit code: 0 if no run failed.</returns>
    public static int Print(Experiment experiment, IReadOnlyList<RunRecord> records,
        Action<IReadOnlyList<ContrastResult>> judged)
    {
        var measure = records.Where(r => r.Finished).Select(r => Experiment.MeasureOf(r.Result!))
            .FirstOrDefault(Experiment.Excess);
        ConsoleText.Table(["arm", $"mean {measure} (nats per token)", "95 % interval over seeds", "seeds"],
            experiment.Arms.Select(arm => Row(arm, measure, records)));
        var failed = records.Where(r => !r.Finished).ToList();
        foreach (var r in failed)
            Console.Error.WriteLine($"{r.Header.Arm}, seed {r.Header.Seed}: {ConsoleText.Outcome(r)}");
        if (experiment.Hypotheses.Count > 0) Judge(experiment, records, judged);
        return failed.Count == 0 ? 0 : CommandLine.Failure;
    }

    private static string[] Row(Arm arm, string measure, IReadOnlyList<RunRecord> records)
    {
        var values = records.Where(r => r.Finished && r.Header.Arm == arm.Name)
            .Select(r => r.Result!.Measures[measure]).ToList();
        var interval = values.Count > 1 ? ConsoleText.Range(Interval.OfMean(values)) : "";
        var mean = values.Count > 0 ? ConsoleText.Number(values.Average()) : "";
        return [arm.Gallery ? $"{arm.Name} (gallery)" : arm.Name, mean, interval, $"{values.Count}"];
    }

    private static void Judge(Experiment experiment, IReadOnlyList<RunRecord> records,
        Action<IReadOnlyList<ContrastResult>> judged)
    {
        try
        {
            var results = experiment.Judge(records);
            judged(results);
            var rows = experiment.Hypotheses.Zip(results, (h, r) => (string[])
                [h.Name, h.Claim, .. Found(h, r), $"{r.SameSign} of {r.Contrast.Pairs.Count}",
                    $"{r.Verdict}".ToLowerInvariant()]);
            ConsoleText.Table(["hypothesis", "claim", "difference, or ratio", "simultaneous 95 % interval",
                "seeds with its sign",
                "verdict"], rows);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException) { Console.WriteLine($"No "
            + $"verdict: {e.Message}"); }
    }

    /// <summary>Of costs the ratio, since their logarithms are compared.</summary>
    private static string[] Found(Hypothesis hypothesis, ContrastResult result) => hypothesis.Target is null
        ? [ConsoleText.Number(result.Difference.Value), ConsoleText.Range(result.Difference)]
            : [$"x {ConsoleText.Number(result.Ratio.Value)}", $"x {ConsoleText.Range(result.Ratio)}"];
}
