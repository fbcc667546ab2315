using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Records;
using LmNotebooks.Tokens;
using LmNotebooks.Training;

namespace LmNotebooks.Experiments;

/// <summary>A question with everything that answers it: arms, seeds, hypotheses. It unfolds into numbered runs, each of
/// which can be made alone, anywhere, in any order that respects that tuning comes first; see
/// <see cref="Runner"/>.</summary>
/// <param name="Name">Also the folder of its records.</param>
public sealed record Experiment(string Name, string Question, IWorld World, IReadOnlyList<Arm> Arms,
    IReadOnlyList<Hypothesis> Hypotheses)
{
    /// <summary>Names of the three measures that every run has: how far above the truth, how far the unigram model is,
    /// and the truth's own loss on the same test text, all in nats per token.</summary>
    public const string Excess = "excess", UnigramGap = "unigram gap", Floor = "floor";

    /// <summary>Names of the two measures that every run has instead where nobody knows the truth: its loss and that of
    /// the unigram model, in nats per token.</summary>
    public const string Loss = "loss", UnigramLoss = "unigram loss";

    private const int MostHypotheses = 6, JudgedSeeds = 8, GallerySeeds = 2;

    /// <summary>Seeds to test on; an arm uses the first of them, see <see cref="SeedsOf(Arm)"/>. A seed draws the
    /// language, the texts, the initial weights and the order of the data.</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [.. Enumerable.Range(21, 20)];

    /// <summary>Seeds of the runs that choose a learning rate, and what else an arm leaves open; none of them
    /// tests.</summary>
    public IReadOnlyList<int> TuningSeeds { get; init; } = [1, 2];

    /// <summary>Quantities measured of the models of test runs, besides those that every run has.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = [];

    /// <summary>All runs at a scale. Learning rates are tuned at <see cref="Scale.Laptop"/>; elsewhere the scale's own
    /// is used.</summary>
    /// <param name="store">Where their records are; null where only the plan is asked for.</param>
    /// <param name="ratesFrom">Where learning rates are looked up; null for the store itself.</param>
    public IReadOnlyList<PlannedRun> Runs(Scale scale, RunStore? store = null, RunStore? ratesFrom = null) =>
        Runs(scale, store?.Shelf(Name, scale.Name), ratesFrom?.Shelf(Name, scale.Name));

    internal IReadOnlyList<PlannedRun> Runs(Scale scale, Shelf? shelf, Shelf? rates)
    {
        var sources = Arms.Distinct().ToDictionary(arm => arm, arm =>
            new Lazy<string>(() => Sources.HashOf(Files(arm))));
        PlannedRun Plan(int number, Arm arm, int seed) =>
            new(this, scale, number, arm, seed) { Shelf = shelf, SourceHash = sources[arm] };

        var tuning = (from arm in Arms
                      where arm is { HasRate: true, Gallery: false } && scale.Name == Scale.Laptop.Name
                      from trial in Tuning.TrialsOf(arm)
                      from seed in TuningSeeds
                      select (arm, trial, seed)).Select((r, number) =>
                          Plan(number, r.arm, r.seed) with { Trial = r.trial }).ToList();
        var trials = tuning.Select(t => rates is null ? t : t with { Shelf = rates }).ToLookup(t => t.Arm.Name);
        tuning = [.. tuning.Select(t => t.Trial is OptionTrial ? t with { Trials = [.. trials[t.Arm.Name]] } : t)];
        var tests = from arm in Arms from seed in SeedsOf(arm) select (arm, seed);
        return [.. tuning, .. tests.Select((r, number) => Plan(tuning.Count + number, r.arm, r.seed)
            with { Trials = [.. trials[r.arm.TunedAs ?? r.arm.Name]] })];
    }

    /// <summary>The seeds that an arm is tested on, the first of the experiment's.</summary>
    public IReadOnlyList<int> SeedsOf(Arm arm) =>
        [.. Seeds.Take(arm.Repeats ?? (arm.Gallery ? GallerySeeds : JudgedSeeds))];

    /// <summary>The seeds that all arms of a hypothesis are tested on.</summary>
    public IReadOnlyList<int> SeedsOf(Hypothesis hypothesis) =>
        [.. ArmsNamed([.. hypothesis.Arms]).Select(SeedsOf).MinBy(seeds => seeds.Count)!];

    /// <summary>The source files whose code can change the numbers of an arm's runs.</summary>
    internal IReadOnlyCollection<string> Files(Arm arm)
    {
        var reach = new Reach([World.Draw, arm.Make, Measure, .. Measurements.Select(m => m.Of)]);
        return Sources.FilesOf([typeof(PlannedRun), .. reach.Types, .. Measurements.Select(m => m.Source)]);
    }

    /// <summary>The arms of these names, in which capitals do not count; all where none is named.</summary>
    /// <exception cref="ArgumentException">There is no arm of a name; one sentence that says which there
    /// are.</exception>
    public IReadOnlyList<Arm> ArmsNamed(IReadOnlyList<string> names) => names.Count == 0 ? Arms
        : [.. names.Select(name => Arms.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"{Name} has no arm '{name}': it has {string.Join("; ", Arms.Select(a => a.Name))}."))];

    /// <summary>The hypothesis of this name.</summary>
    /// <exception cref="ArgumentException">There is none; one sentence that says which there are.</exception>
    public Hypothesis HypothesisNamed(string name) => Hypotheses.FirstOrDefault(h => h.Name == name)
        ?? throw new ArgumentException($"{Name} has no hypothesis '{name}': it has "
            + $"{string.Join("; ", Hypotheses.Select(h => h.Name))}.");

    /// <summary>Refuses a definition that makes no sense.</summary>
    /// <exception cref="ArgumentException">One sentence.</exception>
    public Experiment Checked()
    {
        if (Arms.Select(a => a.Name).Distinct().Count() < Arms.Count)
            throw new ArgumentException($"{Name} has two arms of one name: rename one.");
        if (Hypotheses.Count > MostHypotheses)
            throw new ArgumentException($"{Name} has {Hypotheses.Count} hypotheses: at most {MostHypotheses} are "
            + "tested, or the intervals become wide.");
        if (Hypotheses.SelectMany(h => h.Arms).FirstOrDefault(name => !Arms.Any(a => a.Name == name && !a.Gallery))
            is { } foreign)
            throw new ArgumentException($"{Name} compares '{foreign}', which is no arm of it with all seeds.");
        if (Hypotheses.FirstOrDefault(h => new[] { h.Target is not null, h.Below is not null,
            h.IsAccuracy || h.Less is not null }.Count(given => given) > 1) is { } both)
            throw new ArgumentException($"{Name} compares a cost, a share of runs or a measure in '{both.Name}', more "
                + "than one of them: make them two hypotheses.");
        if (Arms.FirstOrDefault(a => a.TunedAs is { } like && !Arms.Any(b => b.Name == like && !b.Gallery)) is { } lone)
            throw new ArgumentException($"{Name} tunes '{lone.Name}' as '{lone.TunedAs}', which is no arm of it with a "
                + "tuning of its own.");
        if (Arms.SelectMany(a => a.Choices).FirstOrDefault(c => c.Options.Count < 2) is { } forced)
            throw new ArgumentException($"{Name} leaves no choice of {forced.Name}: give it two options or more.");
        if (Seeds.Intersect(TuningSeeds).Any())
            throw new ArgumentException($"{Name} tests on a seed that it tunes on: what has been used for choosing "
            + "cannot judge.");
        return this;
    }

    /// <summary>The measure of a run that says how good its model is, the less the better: the excess, or the loss
    /// where nobody knows the truth.</summary>
    public static string MeasureOf(RunResult result) => result.Measures.ContainsKey(Excess) ? Excess : Loss;

    /// <summary>The measures that every run has, and others.</summary>
    /// <param name="language">The truth; null where nobody knows it.</param>
    internal static IReadOnlyDictionary<string,
        double> Measure(IDistribution? language, IDistribution model, Dataset data, IReadOnlyList<Measurement> others)
    {
        var measures = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var loss = data.Loss(model);
        var unigram = data.Loss(NgramModel.Fit(1, data.Vocabulary, data.Train.Documents));
        if (language is null) (measures[Loss], measures[UnigramLoss]) = (loss, unigram);
        else
        {
            var floor = data.Loss(language);
            (measures[Excess], measures[UnigramGap], measures[Floor]) = (loss - floor, unigram - floor, floor);
        }
        foreach (var m in others)
        {
            RunHost.Current.Cancellation.ThrowIfCancellationRequested();
            measures[m.Name] = m.Of(language, model, data);
        }
        return measures;
    }
}
