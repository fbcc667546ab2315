using System.Security.Cryptography;
using System.Text;
using LmNotebooks.Records;
using LmNotebooks.Training;

namespace LmNotebooks.Experiments;

/// <summary>One run of an experiment, known by its number. Tuning runs try a learning rate; the others use the rate
/// that tuning chose.</summary>
/// <param name="Factor">What the run tries, as a multiple of the scale's own peak rate; null for a run that is not for
/// tuning.</param>
public sealed record PlannedRun(Experiment Experiment, Scale Scale, int Number, Arm Arm, int Seed, double? Factor)
{
    /// <summary>Where its record stands; null where only the plan is asked for.</summary>
    internal Shelf? Shelf { get; init; }

    /// <summary>The runs that try the learning rate that this one uses; none where there is none to try.</summary>
    internal IReadOnlyList<PlannedRun> Trials { get; init; } = [];

    /// <summary>Hash of the code that decides the outcome.</summary>
    internal Lazy<string> SourceHash { get; init; } = null!;

    internal bool IsTuning => Factor is not null;

    public override string ToString() =>
        FormattableString.Invariant($"{Arm.Name}, seed {Seed}{(Factor is { } f ? $", rate x {f}" : "")}");

    /// <summary>The record, if it has been made.</summary>
    public RunRecord? Record => Shelf?.Find(Number, Arm.Name);

    /// <summary>Fresh if the record was made by this code from this definition, and without an error. A learning rate
    /// that made a tuning run diverge has been tried, and is not tried again.</summary>
    public RunState State
    {
        get
        {
            if (Record is not { Result: { } result } record) return RunState.Missing;
            if (result.Error is not null && !IsTried) return RunState.Failed;
            if (record.Header.SourceHash != SourceHash.Value) return RunState.SourceChanged;
            try { return record.Header.DefinitionHash == DefinitionHash(Rate()) ? RunState.Fresh
                : RunState.DefinitionChanged; }
            catch (InvalidOperationException) { return RunState.DefinitionChanged; } // the rate is to be tuned first
        }
    }

    public bool IsFresh => State == RunState.Fresh;

    /// <summary>Whether it is a trial that says how good its learning rate is: it ended, or it diverged.</summary>
    private bool IsTried => IsTuning && Record?.Result is { } result && (result.Error is null || result.Diverged);

    /// <summary>Makes the run, unless its record is fresh, and keeps its record. A run that fails is recorded with its
    /// error.</summary>
    /// <returns>Whether it has a record now; false if another process is making it.</returns>
    /// <exception cref="InvalidOperationException">It needs tuning runs that have not been made; one
    /// sentence.</exception>
    /// <exception cref="OperationCanceledException">The host cancelled; nothing is kept.</exception>
    internal bool Make()
    {
        var rate = Rate();
        return Shelf!.Make(Number, Arm.Name, () => !IsFresh, path =>
        {
            var tuned = Tuned(rate);
            var (truth, material) =
                Experiment.World.Draw(tuned with { TrainTokens = tuned.TrainTokens / Arm.Passes }, Seed);
            using var scope = TorchSharp.torch.NewDisposeScope();
            using var file = RunFile.Create(path, Run.Header(Experiment.Name, Arm, tuned, material.GoalData, Seed) with
            {
                Number = Number, SourceHash = SourceHash.Value, TriedRate = IsTuning ? rate : null,
                    DefinitionHash = DefinitionHash(rate),
            });
            try
            {
                if (Untried is { Record.Result.Error: { } error } trial)
                    throw new InvalidOperationException($"The learning rate is not chosen, since run {trial.Number} "
                        + $"failed: {error}");
                var (model, result) = Arm.Make(ToString(), material, tuned, Seed, file.Append);
                file.Append(result with { Measures =
                    Experiment.Measure(truth, model, material.GoalData, IsTuning ? [] : Experiment.Measurements) });
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                file.Append(new RunResult(0, 0, 0, 0, 0, 0, 0, double.NaN, e.Message)
                {
                    Diverged = e is DivergenceException,
                });
            }
        });
    }

    /// <summary>Hash of everything that the definition says of this run.</summary>
    private string DefinitionHash(double? rate)
    {
        var said = string.Join('\n', Experiment.Name, Number, Seed, Factor, Scale.TestDocuments,
            Experiment.World.Describe(),
            Arm.Describe(Tuned(rate)).ToJsonString(), Arm.Passes,
                string.Join(',', Experiment.Measurements.Select(m => m.Name)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)))[..16];
    }

    /// <summary>The peak rate of this run; null where the arm has none to tune at this scale.</summary>
    /// <exception cref="InvalidOperationException">Tuning runs are missing; one sentence.</exception>
    private double? Rate()
    {
        if (Factor is { } tried) return tried * Scale.Schedule.Peak;
        if (Trials.Count == 0) return null;
        if (Untried is { Record: null } missing)
            throw new InvalidOperationException($"{Experiment.Name} has not chosen the learning rate of {Arm.Name} "
                + $"yet: make run {missing.Number} first, or the whole experiment.");
        return Tuning.Best(NeededTrials) * Scale.Schedule.Peak;
    }

    private IReadOnlyList<PlannedRun> NeededTrials => Tuning.Needed(Trials, t => t.IsTried);

    /// <summary>The first of the trials that says nothing yet: it is missing, or failed without diverging.</summary>
    private PlannedRun? Untried => NeededTrials.FirstOrDefault(t => !t.IsTried);

    /// <summary>The scale with this arm's tokens and rate.</summary>
    private Scale Tuned(double? rate) =>
        Arm.At(rate is { } peak ? Scale with { Schedule = Scale.Schedule with { Peak = peak } } : Scale);
}
