using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Experiments;

/// <summary>The rule by which the kit's records are reproduced.</summary>
public static class Reproduction
{
    /// <summary>The same run, made again: equal to the last bit where code, versions and kind of CPU are the same, else
    /// close.</summary>
    /// <param name="tolerance">Difference of final losses, nats per token, that other CPUs and other versions may
    /// make; asked for where there are others.</param>
    public static Comparison Same(RunRecord committed, RunRecord again, Func<double> tolerance)
    {
        var exact = Conditions(committed.Header) == Conditions(again.Header);
        var (then, now) = (committed.Result!, again.Result!);
        var near = exact ? 0 : tolerance();
        var agreement = !again.Finished ? Agreement.Disagrees : Losses(committed) == Losses(again) ? Agreement.BitEqual
            : Math.Abs(then.TestLoss - now.TestLoss) <= near && !exact ? Agreement.Close : Agreement.Disagrees;
        var expected = new Interval(then.TestLoss, then.TestLoss - near, then.TestLoss + near);
        return new Comparison(again.Header, expected, now.TestLoss, agreement, (then.Seconds, now.Seconds));
    }

    /// <summary>A run with a new seed: its excess (or loss) lies in the 95 % prediction interval of the committed
    /// seeds, or it does not; see <see cref="NewSeeds"/>.</summary>
    /// <param name="committed">Records of the same arm, two or more.</param>
    public static Comparison NewSeed(IReadOnlyList<RunRecord> committed, RunRecord again)
    {
        static double Value(RunRecord run) => run.Result!.Measures[Experiment.MeasureOf(run.Result)];
        var expected = Interval.OfNext([.. committed.Select(Value)]);
        var found = again.Finished ? Value(again) : double.NaN;
        var agreement = !again.Finished ? Agreement.Disagrees
            : found >= expected.Low && found <= expected.High ? Agreement.AsPredicted : Agreement.Unusual;
        var seconds = (committed.Average(r => r.Result!.Seconds), again.Result!.Seconds);
        return new Comparison(again.Header, expected, found, agreement, seconds);
    }

    /// <summary>The experiment on seeds that follow its own.</summary>
    public static Experiment WithNewSeeds(this Experiment experiment, int count) =>
        experiment with { Seeds = [.. Enumerable.Range(experiment.Seeds.Concat(experiment.TuningSeeds).Max() + 1,
            count)] };

    /// <summary>Compares runs that were made again with the committed ones: those of the same arm and seed by the first
    /// rule, others by the second.</summary>
    /// <exception cref="ArgumentException">There are fewer than two committed records of an arm with a new
    /// seed.</exception>
    public static IReadOnlyList<Comparison> Compare(IReadOnlyList<RunRecord> committed,
        IReadOnlyList<RunRecord> again, Func<double> tolerance) => [.. again.Select(run =>
    {
        var arm = committed.Tests().Where(r => r.Header.Arm == run.Header.Arm).ToList();
        return arm.FirstOrDefault(r => r.Header.Seed == run.Header.Seed) is { } same ? Same(same, run, tolerance)
            : NewSeed(arm, run);
    })];

    /// <summary>What makes two runs the same to the last bit, if it is the same.</summary>
    private static string Conditions(RunHeader h) =>
        string.Join('\n', h.Versions.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key} {v.Value}")
        .Concat([h.Device, $"{h.Threads}", h.SourceHash, h.DefinitionHash, h.DataHash]));

    private static string Losses(RunRecord r) => string.Join('\n',
    [
        .. r.Events.Select(e => FormattableString.Invariant($"{e.Step} {e.Tokens} {e.TrainLoss:R} {e.TestLoss:R}")),
        .. r.Result!.Measures.OrderBy(m => m.Key, StringComparer.Ordinal)
            .Select(m => FormattableString.Invariant($"{m.Key} {m.Value:R}")),
    ]);
}
