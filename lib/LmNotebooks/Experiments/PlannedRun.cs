using System.Security.Cryptography;
using System.Text;
using LmNotebooks.Languages;
using LmNotebooks.Records;

namespace LmNotebooks.Experiments;

/// <summary>What a record says of a run, against the code and the definition of now.</summary>
public enum RunState { Fresh, Missing, Failed, SourceChanged, DefinitionChanged }

/// <summary>One run of an experiment, known by its number. Tuning runs try a learning rate; the others use the rate
/// that tuning chose.</summary>
/// <param name="Factor">What the run tries, as a multiple of the scale's own peak rate; null for a run that is not for
/// tuning.</param>
public sealed record PlannedRun(Experiment Experiment, int Number, Arm Arm, int Seed, double? Factor)
{
    /// <summary>The grid of four rates, and the two that are added at either end if the best of the four is at that
    /// end.</summary>
    internal static readonly double[] Factors = [0.5, 1, 2, 4, 0.125, 0.25, 8, 16];
    private static readonly double[] Grid = Factors[..4], Below = Factors[4..6], Above = Factors[6..];

    internal bool IsTuning => Factor is not null;
    internal bool IsInGrid => Factor is { } f && Grid.Contains(f);

    public override string ToString() =>
        FormattableString.Invariant($"{Arm.Name}, seed {Seed}{(Factor is { } f ? $", rate x {f}" : "")}");

    /// <summary>The record, if it has been made.</summary>
    public RunRecord? Record(RunStore store, Scale scale) => store.Find(Experiment.Name, scale.Name, Number, Arm.Name);

    /// <summary>Fresh if the record was made by this code from this definition, and without an error. A learning rate
    /// that made a tuning run diverge has been tried, and is not tried again.</summary>
    /// <param name="rates">Where the learning rate is looked up.</param>
    public RunState State(RunStore store, Scale scale, RunStore rates)
    {
        if (Record(store, scale) is not { Result: not null } record) return RunState.Missing;
        if (!record.Finished && !IsTuning) return RunState.Failed;
        if (record.Header.SourceHash != SourceHash) return RunState.SourceChanged;
        try { return record.Header.DefinitionHash == DefinitionHash(scale, Rate(rates, scale)) ? RunState.Fresh
            : RunState.DefinitionChanged; }
        catch (InvalidOperationException) { return RunState.DefinitionChanged; }   // the rate is to be tuned first
    }

    public bool IsFresh(RunStore store, Scale scale, RunStore rates) => State(store, scale, rates) == RunState.Fresh;

    /// <summary>Makes the run, unless its record is fresh, and keeps its record. A run that fails is recorded with its
    /// error.</summary>
    /// <param name="rates">Where the learning rate is looked up.</param>
    /// <returns>Whether it has a record now; false if another process is making it.</returns>
    /// <exception cref="InvalidOperationException">It needs tuning runs that have not been made; one
    /// sentence.</exception>
    /// <exception cref="OperationCanceledException">The host cancelled; nothing is kept.</exception>
    internal bool Make(RunStore store, Scale scale, RunStore rates)
    {
        var rate = Rate(rates, scale);
        return store.Make(Experiment.Name, scale.Name, Number, Arm.Name, () => !IsFresh(store, scale, rates), path =>
        {
            var tuned = Tuned(scale, rate);
            var (language, data) = Experiment.Draw(tuned with { TrainTokens = tuned.TrainTokens / Arm.Passes }, Seed);
            using var scope = TorchSharp.torch.NewDisposeScope();
            using var file = RunFile.Create(path, Run.Header(Experiment.Name, Arm, tuned, data, Seed) with
            {
                Number = Number, SourceHash = SourceHash, TriedRate = IsTuning ? rate : null,
                    DefinitionHash = DefinitionHash(scale, rate),
            });
            try
            {
                var (model, result) = Arm.Make(ToString(), data, tuned, Seed, file.Append);
                file.Append(result with { Measures =
                    Experiment.Measure(language, model, data, IsTuning ? [] : Experiment.Measurements) });
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                file.Append(new RunResult(0, 0, 0, 0, 0, 0, 0, double.NaN, e.Message));
            }
        });
    }

    /// <summary>Hash of the code that decides the outcome.</summary>
    private string SourceHash => Sources.HashOf([nameof(PlannedRun), .. Arm.Types,
        .. Experiment.Measurements.Select(m => Declarer(m.Source).Name)]);

    private static Type Declarer(Type type) => type.DeclaringType is { } outer ? Declarer(outer) : type;

    /// <summary>Hash of everything that the definition says of this run.</summary>
    internal string DefinitionHash(Scale scale, double? rate)
    {
        var said = string.Join('\n', Experiment.Name, Number, Seed, Factor, scale.TestDocuments, Experiment.Translates
            ? PairKnobs.Preset(Experiment.Language).ToJson() : LinguaKnobs.Preset(Experiment.Language).ToJson(),
            Arm.Describe(Tuned(scale, rate)).ToJsonString(), Arm.Passes,
                string.Join(',', Experiment.Measurements.Select(m => m.Name)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)))[..16];
    }

    /// <summary>The peak rate of this run; null where the arm has none to tune at this scale.</summary>
    /// <exception cref="InvalidOperationException">Tuning runs are missing; one sentence.</exception>
    internal double? Rate(RunStore store, Scale scale)
    {
        if (Factor is { } tried) return tried * scale.Schedule.Peak;
        var trials = Experiment.Runs(scale).Where(r => r.Arm == Arm && r.IsTuning).ToList();
        if (trials.Count == 0) return null;
        var needed = Needed(trials, store, scale).ToList();
        if (needed.FirstOrDefault(r => r.Record(store, scale) is null) is { } missing)
            throw new InvalidOperationException($"{Experiment.Name} has not chosen the learning rate of {Arm.Name} "
                + $"yet: make run {missing.Number} first, or the whole experiment.");
        return Best(needed, store, scale) * scale.Schedule.Peak;
    }

    /// <summary>Which of an arm's tuning runs are to be made: the grid, and once that is done what lies beyond the end
    /// where the best is.</summary>
    internal static IEnumerable<PlannedRun> Needed(IReadOnlyList<PlannedRun> trials, RunStore store, Scale scale)
    {
        var grid = trials.Where(r => r.IsInGrid).ToList();
        if (grid.Any(r => r.Record(store, scale) is null)) return grid;
        var best = Best(grid, store, scale);
        var more = best == Grid[0] ? Below : best == Grid[^1] ? Above : [];
        return trials.Where(r => r.IsInGrid || more.Contains(r.Factor!.Value));
    }

    /// <summary>The factor with the smallest mean excess over the tuning seeds; a run that failed counts as infinitely
    /// bad.</summary>
    private static double Best(IEnumerable<PlannedRun> trials, RunStore store, Scale scale) => trials
        .Select(r => (Factor: r.Factor!.Value, Record: r.Record(store, scale)!)).GroupBy(r => r.Factor)
        .MinBy(g => g.Average(r => r.Record.Finished ? r.Record.Result!.Measures[Experiment.Excess]
            : double.PositiveInfinity))!.Key;

    /// <summary>The scale with this arm's tokens and rate.</summary>
    private Scale Tuned(Scale scale, double? rate) =>
        Arm.At(rate is { } peak ? scale with { Schedule = scale.Schedule with { Peak = peak } } : scale);
}
