using System.Security.Cryptography;
using System.Text;
using LmNotebooks.Records;
using LmNotebooks.Training;

namespace LmNotebooks.Experiments;

/// <summary>One run of an experiment, known by its number. Tuning runs try a learning rate or an option; the others use
/// what tuning chose.</summary>
public sealed record PlannedRun(Experiment Experiment, Scale Scale, int Number, Arm Arm, int Seed)
{
    /// <summary>What the run tries; null for a run that is not for tuning.</summary>
    internal Trial? Trial { get; init; }

    /// <summary>Where its record stands; null where only the plan is asked for.</summary>
    internal Shelf? Shelf { get; init; }

    /// <summary>The runs that try what this one uses; none where there is nothing to try.</summary>
    internal IReadOnlyList<PlannedRun> Trials { get; init; } = [];

    /// <summary>Hash of the code that decides the outcome.</summary>
    internal Lazy<string> SourceHash { get; init; } = new(() => Sources.HashOf(Experiment.Files(Arm)));

    /// <summary>Whether it tries what is to be chosen, on a seed that tests nothing.</summary>
    public bool IsTuning => Trial is not null;

    public override string ToString() => $"{Arm.Name}, seed {Seed}{Tries}";

    private string Tries => Trial switch
    {
        RateTrial rate => FormattableString.Invariant($", rate x {rate.Factor}"),
        OptionTrial option => $", {Arm.Choices[option.Choice].Name} {OptionOf(option).Name}",
        _ => "",
    };

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
            try { return record.Header.DefinitionHash == DefinitionHash(Tuned()) ? RunState.Fresh
                : RunState.DefinitionChanged; }
            catch (InvalidOperationException) { return RunState.DefinitionChanged; } // it is to be tuned first
        }
    }

    internal bool IsFresh => State == RunState.Fresh;

    /// <summary>Whether it is a trial that says how good what it tries is: it ended, or it diverged.</summary>
    private bool IsTried => IsTuning && Record?.Result is { } result && (result.Error is null || result.Diverged);

    /// <summary>Makes the run, unless its record is fresh, and keeps its record. A run that fails is recorded with its
    /// error.</summary>
    /// <returns>Whether it has a record now; false if another process is making it.</returns>
    /// <exception cref="InvalidOperationException">It needs tuning runs that have not been made; one
    /// sentence.</exception>
    /// <exception cref="OperationCanceledException">The host cancelled; nothing is kept.</exception>
    internal bool Make()
    {
        var (arm, scale) = Tuned();
        return Shelf!.Make(Number, Arm.Name, () => !IsFresh, path =>
        {
            var (truth, material) =
                Experiment.World.Draw(scale with { TrainTokens = scale.TrainTokens / arm.Passes }, Seed);
            using var scope = TorchSharp.torch.NewDisposeScope();
            using var file = RunFile.Create(path, Run.Header(Experiment.Name, arm, scale, material.GoalData, Seed) with
            {
                Number = Number, SourceHash = SourceHash.Value, TriedRate = IsTuning ? scale.Schedule.Peak : null,
                    DefinitionHash = DefinitionHash((arm, scale)),
            });
            try
            {
                if (Untried is { Record.Result.Error: { } error } trial)
                    throw new InvalidOperationException($"What tuning chooses is not known, since run {trial.Number} "
                        + $"failed: {error}");
                var (model, result) = arm.Make(ToString(), material, scale, Seed, file.Append);
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
    /// <param name="tuned">With what tuning chose.</param>
    private string DefinitionHash((Arm Arm, Scale Scale) tuned)
    {
        var said = string.Join('\n', Experiment.Name, Number, Seed, Trial, tuned.Scale.TestDocuments,
            Experiment.World.Describe(tuned.Scale), tuned.Arm.Describe(tuned.Scale).ToJsonString(), Arm.Passes,
            string.Join(',', Experiment.Measurements.Select(m => m.Name)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)))[..16];
    }

    /// <summary>The arm with the options, and its scale with the tokens and the rate, that this run has.</summary>
    /// <exception cref="InvalidOperationException">Tuning runs are missing; one sentence.</exception>
    internal (Arm Arm, Scale Scale) Tuned()
    {
        if (Trial is RateTrial tried) return With(Arm.Choices.Select(_ => 0), tried.Factor);
        if (Trials.Count == 0) return With(Arm.Choices.Select(_ => 0), 1);
        if (Untried is { Record: null } missing)
            throw new InvalidOperationException($"{Experiment.Name} has not tuned {Arm.Name} yet: make run "
                + $"{missing.Number} first, or the whole experiment.");
        // a trial that failed says nothing, and its error becomes that of this run
        if (Found() is not { Factor: { } factor } found) return With(Arm.Choices.Select(_ => 0), 1);
        return Trial is OptionTrial option ? With([.. found.Options, option.Number], factor)
            : With(found.Options, factor);
    }

    /// <param name="options">Of the first choices; the others have their first options.</param>
    private (Arm, Scale) With(IEnumerable<int> options, double factor)
    {
        var numbers = options.Concat(Enumerable.Repeat(0, Arm.Choices.Count)).Take(Arm.Choices.Count);
        var arm = Arm.Choices.Zip(numbers).Aggregate(Arm, (a, choice) => choice.First.Options[choice.Second].Of(a));
        var schedule = Scale.Schedule with { Peak = factor * Scale.Schedule.Peak };
        return (arm, arm.At(Scale with { Schedule = schedule }));
    }

    private Option OptionOf(OptionTrial trial) => Arm.Choices[trial.Choice].Options[trial.Number];

    /// <summary>Of a trial of an option, what had been found before it.</summary>
    private Tuning Found() => Tuning.Of(Trials, Trial is OptionTrial option ? option.Choice : Arm.Choices.Count,
        t => t.IsTried);

    /// <summary>The first of the trials that says nothing yet: it is missing, or failed without diverging.</summary>
    private PlannedRun? Untried => Trials.Count == 0 ? null : Found().Needed.FirstOrDefault(t => !t.IsTried);
}
