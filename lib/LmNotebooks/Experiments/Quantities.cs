using System.Text.RegularExpressions;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Experiments;

/// <summary>The numbers of experiments, each under a key, from the records of their runs at <see cref="Scale.Laptop"/>.
/// Keys are
/// <list type="bullet">
/// <item><c>experiment/arm/measure</c>: the mean over the seeds, of a measure of the experiment or an entry of the
/// ledger; with <c>/low</c> or <c>/high</c> an end of its 95 % t-interval;</item>
/// <item><c>experiment/hypothesis/quantity</c>: what the experiment says of a hypothesis. One about costs has them as
/// geometric means over the seeds, and their ratio; where runs are censored, which has a count, these are of lower
/// bounds, the interval of the ratio is open, and a ratio of bounds to bounds is unknown.</item> </list>
/// A name of both an arm and a hypothesis is the hypothesis's where such a quantity is asked for.
/// In keys, capitals do not count, and a hyphen stands for anything that is neither letter nor digit:
/// <c>sharing/albert-all/excess</c>.</summary>
public sealed partial class Quantities(RunStore store, params IReadOnlyList<Experiment> experiments)
{
    private static readonly (string Name, Func<ContrastResult, object> Of)[] Findings =
    [
        ("difference", r => r.Difference.Value), ("low", r => r.Difference.Low), ("high", r => r.Difference.High),
        ("same sign", r => r.SameSign), ("seeds", r => r.Contrast.Pairs.Count),
            ("margin", r => r.Contrast.Claim.Margin),
            ("verdict", r => r.Verdict.ToString().ToLowerInvariant()),
        ("supported seeds", r => r.Contrast.Pairs.Count(p => r.Contrast.Claim.Judge(p.Known) == Verdict.Supported)),
    ];

    private static readonly (string Name, Func<ContrastResult, object> Of)[] CostFindings =
    [
        .. Findings, ("ratio", r => r.Difference is { Low: double.NegativeInfinity, High: double.PositiveInfinity }
            ? "unknown" : r.Ratio.Value),
        ("ratio low", r => r.Ratio.Low), ("ratio high", r => r.Ratio.High),
        ("arm cost", r => Math.Exp(r.Contrast.Pairs.Average(p => p.A))),
            ("baseline cost", r => Math.Exp(r.Contrast.Pairs.Average(p => p.B))),
        ("censored arm runs", r => r.Contrast.Pairs.Count(p => p.ACensored)),
            ("censored baseline runs", r => r.Contrast.Pairs.Count(p => p.BCensored)),
    ];

    private readonly Dictionary<string, IReadOnlyList<RunRecord>> read = [];

    /// <summary>A number; a word for a verdict, and for what is unknown.</summary>
    /// <exception cref="ArgumentException">There is nothing under this key; one sentence that says what there
    /// is.</exception>
    /// <exception cref="InvalidOperationException">Runs are missing; one sentence.</exception>
    public object Value(string key)
    {
        var parts = key.Split('/');
        if (parts.Length is not (3 or 4))
            throw new ArgumentException($"'{key}' is not a key: write experiment/arm/measure or "
            + "experiment/hypothesis/quantity.");
        var experiment = Named(parts[0], experiments, e => e.Name, "experiment");
        var arms = experiment.Arms.Select(a => a.Name).ToList();
        var name = Named(parts[1], [.. arms, .. experiment.Hypotheses.Select(h => h.Name)], n => n,
            $"arm or hypothesis of {experiment.Name}");
        var at = experiment.Hypotheses.ToList().FindIndex(h => h.Name == name);
        var findings = at < 0 ? [] : experiment.Hypotheses[at].Target is null ? Findings : CostFindings;
        var asked = string.Join('/', parts[2..]);
        if (!arms.Contains(name) || findings.Any(f => Plain(f.Name) == Plain(asked)))
            return Named(asked, findings, f => f.Name, "quantity of a hypothesis").Of(
                experiment.Judge(Records(experiment))[at]);
        var values = Values(experiment, name, parts[2]);
        return parts.Length == 3 ? values.Average()
            : Named(parts[3], [("low", Ends().Low), ("high", Ends().High)], e => e.Item1, "end of an interval").Item2;

        Interval Ends() => Interval.OfMean(values);
    }

    private IReadOnlyList<double> Values(Experiment experiment, string arm, string measure)
    {
        var planned = experiment.Runs(Scale.Laptop).Where(r => !r.IsTuning && r.Arm.Name == arm)
            .Select(r => r.Seed).ToList();
        var tests = Records(experiment).Tests()
            .Where(r => r.Header.Arm == arm && planned.Contains(r.Header.Seed)).ToList();
        if (tests.Count < planned.Count)
            throw new InvalidOperationException($"{experiment.Name} has {tests.Count} of {planned.Count} runs of "
                + $"{arm}: "
                + $"make the others with 'lm experiment {experiment.Name}'.");
        return tests.Values(Named(measure, tests[0].Measures(), m => m, $"measure of {arm}"));
    }

    private IReadOnlyList<RunRecord> Records(Experiment experiment) =>
        read.TryGetValue(experiment.Name, out var records) ? records
        : read[experiment.Name] = store.Read(experiment.Name, Scale.Laptop.Name);

    private static T Named<T>(string name, IReadOnlyList<T> all, Func<T, string> nameOf, string kind)
    {
        foreach (var one in all) if (Plain(nameOf(one)) == Plain(name)) return one;
        throw new ArgumentException($"There is no {kind} '{name}': there is {string.Join(", ", all.Select(nameOf))}.");
    }

    private static string Plain(string name) => Separator().Replace(name.ToLowerInvariant(), "-");

    [GeneratedRegex("[^\\p{L}\\p{Nd}]+")]
    private static partial Regex Separator();
}
