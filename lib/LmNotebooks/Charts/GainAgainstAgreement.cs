using System.Globalization;
using System.Text.RegularExpressions;
using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Lessons;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>What a second task is worth, against how far it agrees with the first.</summary>
public static partial class GainAgainstAgreement
{
    private const string Title = "What a second task is worth against how far it agrees";

    /// <summary>The accuracy of arms such as "alpha 0.5, own heads, width 16" above that of the goal alone with the
    /// same seed and width.</summary>
    /// <param name="equalUpdates">Whether alone the goal has as many updates as with the second task; else it is seen
    /// as often.</param>
    /// <param name="kinds">What stands after alpha in the names of the arms; none for all.</param>
    /// <exception cref="ArgumentException">There is no gain, or none of such a kind; one sentence.</exception>
    public static Figure Of(IReadOnlyList<RunRecord> records, bool equalUpdates = false,
        params IReadOnlyList<string> kinds)
    {
        var baseline = Baseline(equalUpdates);
        var all = Gains(records, baseline);
        if (all.Count == 0)
            throw new ArgumentException($"There is no gain: it needs test runs of 'alpha ...' and of '{baseline}' with "
                + "the same seeds.");
        if (kinds.Except(all.Select(g => g.Kind)).FirstOrDefault() is { } unknown)
            throw new ArgumentException($"There is no gain of '{unknown}': there are those of "
                + $"{string.Join("; ", all.Select(g => g.Kind).Distinct())}.");
        var chosen = all.Where(g => kinds.Count == 0 || kinds.Contains(g.Kind)).ToList();
        return Draw(Title + (equalUpdates ? ", at equal updates" : ""),
            [.. chosen.GroupBy(g => (g.Kind, g.Alpha), (at, own) => (at.Kind, at.Alpha, (IReadOnlyList<SeedPair>)
                [.. own.Select(g => new SeedPair(g.Both.Header.Seed, g.Both.Measure(Answers.Accuracy),
                    g.Alone.Measure(Answers.Accuracy)))]))])
            .From(chosen.SelectMany(g => (RunRecord[])[g.Both, g.Alone]).Distinct());
    }

    /// <summary>A line for each kind of model, such as "one head, width 16": the mean gain over the seeds with its 95 %
    /// interval, or the seeds themselves where they are few.</summary>
    /// <param name="gains">Each with the kind of model, the correlation of the scores that the two tasks ask for,
    /// alpha, and for each seed the accuracy with both tasks, A, and with the judged one alone, B.</param>
    /// <exception cref="ArgumentException">There is no gain.</exception>
    public static Figure Of(params IReadOnlyList<(string Kind, double Alpha, IReadOnlyList<SeedPair> Seeds)> gains) =>
        Draw(Title, gains);

    /// <summary>Of which kinds there are gains.</summary>
    internal static IReadOnlyList<string> KindsOf(IReadOnlyList<RunRecord> records) =>
        [.. Gains(records, Baseline(false)).Select(g => g.Kind).Distinct()];

    private static string Baseline(bool equalUpdates) =>
        equalUpdates ? MultiTaskExperiment.Updates : TaskRelations.Alone;

    /// <summary>Each run with both tasks, and that with one, of the same seed and width.</summary>
    private static IReadOnlyList<(string Kind, double Alpha, RunRecord Both, RunRecord Alone)> Gains(
        IReadOnlyList<RunRecord> records, string baseline)
    {
        var alone = records.Tests().ToLookup(r => (r.Header.Arm, r.Header.Seed));
        return
        [
            .. from run in records.Tests()
               let name = Beside().Match(run.Header.Arm)
               where name.Success
               from own in alone[(baseline + name.Groups["width"].Value, run.Header.Seed)]
               select (name.Groups["kind"].Value,
                   double.Parse(name.Groups["alpha"].Value, CultureInfo.InvariantCulture), run, own),
        ];
    }

    private static Figure Draw(string title,
        IReadOnlyList<(string Kind, double Alpha, IReadOnlyList<SeedPair> Seeds)> gains)
    {
        if (gains.Count == 0) throw new ArgumentException("There is no gain: learn two tasks together.");
        var points = gains.Select(g => (Line: g.Kind, Name: (string?)null, X: g.Alpha,
            Value: TaskGain.PointsOf(g.Seeds))).ToList();
        var (most, least) = (points.MaxBy(p => p.Value.Value), points.MinBy(p => p.Value.Value));
        static string Text((string Line, string?, double X, Spread Value) p) =>
            $"at alpha {Numbers.Tick(p.X)} with {p.Line}, {TaskGain.Signed(p.Value)}";
        return MeasuredCurves.Of(new Axis("alpha, correlation of the two tasks' scores"),
            new Axis("gain in accuracy (points)"), [new Reference("0: the task alone", 0, Below: true)], points,
            $"The most is gained {Text(most)} points, the least {Text(least)}; ",
            title, TaskGain.Signed);
    }

    /// <summary>With other numbers of answers it is a trend.</summary>
    [GeneratedRegex(@"^alpha (?<alpha>-?[\d.]+), (?!.*, text x )(?<kind>.+?(?<width>, width \d+)?)$")]
    private static partial Regex Beside();
}
