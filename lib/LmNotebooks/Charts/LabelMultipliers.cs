using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>How many answers one answer is worth to a method: so many times more are needed without it.</summary>
public static class LabelMultipliers
{
    private const string OneSeed = "one seed";

    /// <summary>A row for each method: the multiplier of each seed, read off the accuracies of "scratch" with that
    /// seed, and their geometric mean with the 95 % t-interval of the logarithms. Scratch with the most answers can be
    /// less accurate than the method: then only a bound is known, an arrow head, and the median stands in the place of
    /// the mean; of an even number of seeds it is the lower of the two in the middle.</summary>
    /// <param name="methods">Names of arms with as many answers as "scratch" has itself; none for all of
    /// these.</param>
    /// <exception cref="ArgumentException">There is no such arm, or no run of "scratch" with its seeds; one
    /// sentence.</exception>
    public static Figure Of(IReadOnlyList<RunRecord> records, params IReadOnlyList<string> methods)
    {
        var tests = records.Tests().ToList();
        var scratch = tests.Where(r => r.Method == Answers.Scratch).ToLookup(r => r.Header.Seed);
        var arms = (methods.Count > 0 ? tests.Of(methods)
            : tests.Where(r => r.IsUsual && r.Header.Arm != Answers.Scratch)).ByArm();
        var rows = arms.Select(arm => new Row(arm.Key, [.. arm.Where(run => scratch.Contains(run.Header.Seed))
            .Select(run => Multiplier(scratch[run.Header.Seed], run))])).ToList();
        if (rows.Count == 0 || rows.Find(row => row.Seeds.Count == 0) is not null)
            throw new ArgumentException($"A label multiplier needs test runs of '{Answers.Scratch}' and of a method "
                + $"with the same seeds: there are none{(rows.Count == 0 ? "" : $" of {rows.Find(r =>
                    r.Seeds.Count == 0)!.Method}")}.");

        var seeds = rows.SelectMany((row, at) => row.Seeds.Select(seed => (seed.Value, seed.Censoring, Row: at)))
            .GroupBy(seed => seed.Censoring).OrderBy(side => side.Key);
        return new Figure("What one answer is worth", new Axis("label multiplier", Log: true),
            new Axis("", Categories: [.. rows.Select(r => r.Method)], Notes: [.. rows.Select(r => r.Text)]),
            [
                new Reference("1: scratch", 1, Vertical: true),
                .. seeds.Select(side => new Points(NameOf(side.Key), [.. side.Select(s => s.Value)],
                    [.. side.Select(s => s.Row)], Censoring: side.Key) { Family = OneSeed }),
                .. Middles("geometric mean", [.. rows.Index().Where(r => r.Item.IsWhole)]),
                .. Middles("median", [.. rows.Index().Where(r => !r.Item.IsWhole)]),
            ],
            "In answers of scratch, one answer is worth "
                + string.Join(", ", rows.OrderByDescending(r => r.Middle.Value).Select(r => $"{r.Middle} to {r.Method}"
                    + (r.IsWhole ? "" : $" (median, {r.Bounds} of {r.Seeds.Count} seeds are bounds)")))
                + "; each seed: " + Numbers.Sentence(rows.Select(r =>
                    $"{r.Method} {string.Join(", ", r.Seeds)}, {(r.IsWhole ? $"geometric mean {r.Text}" : r.Text)}")))
            .From(tests.Where(r => r.Method == Answers.Scratch).Concat(arms.SelectMany(arm => arm)));
    }

    private static Censored Multiplier(IEnumerable<RunRecord> scratch, RunRecord run) => LabelMultiplier.Of(
        scratch.Select(s => ((int)s.Result!.Labels, s.Measure(Answers.Accuracy))), run.Measure(Answers.Accuracy),
        (int)run.Result!.Labels);

    private static IEnumerable<Mark> Middles(string name, IReadOnlyList<(int At, Row Row)> rows) => rows.Count == 0 ? []
        : [new Points(name, [.. rows.Select(r => r.Row.Middle.Value)], [.. rows.Select(r => r.At)],
            [.. rows.Select(r => r.Row.Around)]) { Family = "middle" }];

    private static string NameOf(Censoring side) => side switch
    {
        Censoring.Above => "> not reached by scratch",
        Censoring.Below => "< passed by scratch with the fewest",
        _ => OneSeed,
    };

    /// <summary>A method with its multiplier for each seed.</summary>
    private sealed record Row(string Method, IReadOnlyList<Censored> Seeds)
    {
        public int Bounds => Seeds.Count(s => s.Censoring != Censoring.None);

        /// <summary>Bounds must not be averaged with numbers.</summary>
        public bool IsWhole => Bounds == 0;

        private Spread Logs => Spread.OverSeeds([.. Seeds.Select(s => Math.Log(s.Value))]);

        public Censored Middle => IsWhole ? new(Math.Exp(Logs.Value))
            : Seeds.OrderBy(s => s.Censoring switch { Censoring.Below => 0, Censoring.None => 1, _ => 2 })
                .ThenBy(s => s.Value).ElementAt((Seeds.Count - 1) / 2);

        /// <summary>Where the mean lies; of a median nothing is said, and too few seeds have no interval.</summary>
        public Spread Around => IsWhole && Logs is { Few.Count: 0 } logs
            ? logs with { Value = Middle.Value, Low = Math.Exp(logs.Low), High = Math.Exp(logs.High) }
            : new(Middle.Value, Middle.Value, Middle.Value);

        public string Text => !IsWhole ? $"median {Middle}" : Around.ToString("G3", null);
    }
}
