using System.Diagnostics;
using LmNotebooks.Records;
using LmNotebooks.Training;

namespace LmNotebooks.Experiments;

/// <summary>Makes the runs of an experiment that its store does not have yet: several at a time, each on a thread with
/// one libtorch thread. Losses depend neither on how many run at once nor on their order, since every random draw comes
/// from the run's own seed.</summary>
public sealed class Runner(Experiment experiment, Scale scale, RunStore store)
{
    /// <summary>The most that the records of one experiment may cost, so that all of them can be made again on a
    /// laptop.</summary>
    public const double BudgetCoreMinutes = 40;

    /// <summary>Speed assumed of one core: training, in floating-point operations a second, and for each training token
    /// the time to draw the texts and to measure the model, which is all that a counted one takes.</summary>
    private const double FlopsPerSecond = 4.5e10, SecondsPerToken = 2e-6;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly Experiment experiment = experiment.Checked();
    private readonly Lazy<Shelf> shelf = new(() => store.Shelf(experiment.Name, scale.Name));

    /// <summary>Seeds to test on, the first of the experiment's; null for all.</summary>
    public int? Seeds { get; init; }

    /// <summary>Names of the arms to run; none for all.</summary>
    public IReadOnlyList<string> Arms { get; init; } = [];

    /// <summary>Runs at a time.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Where learning rates are looked up; null to tune here. A live run takes them from the kit's
    /// records.</summary>
    public RunStore? RatesFrom { get; init; }

    /// <summary>The runs that make up the experiment, as far as is known: whether an arm's tuning goes beyond the ends
    /// of its grid shows once the grid is done.</summary>
    public IReadOnlyList<PlannedRun> Needed()
    {
        shelf.Value.Refresh();
        return [.. Trials(), .. Tests()];
    }

    /// <summary>The needed runs whose records are not there, failed, or were made by other code.</summary>
    public IReadOnlyList<PlannedRun> Missing() => [.. Needed().Where(r => !r.IsFresh)];

    /// <summary>What runs cost.</summary>
    public Cost Cost(IReadOnlyList<PlannedRun> runs)
    {
        var seconds = Seconds();
        return new Cost(runs.Count, runs.Sum(r => r.Arm.At(scale).TrainTokens), runs.Sum(r => seconds[r.Arm]) / 60);
    }

    /// <summary>Makes what is missing, failed or stale: tuning first, then the rest.</summary>
    /// <returns>The records of all runs that are not for tuning, also of those made earlier.</returns>
    /// <exception cref="ArgumentException">There is no arm of a name in <see cref="Arms"/>.</exception>
    /// <exception cref="OperationCanceledException">The host cancelled; what had ended is kept.</exception>
    public async Task<IReadOnlyList<RunRecord>> RunAsync(IProgress<ExperimentProgress>? progress = null)
    {
        store.Tidy(experiment.Name, scale.Name);
        var (tests, attempted) = (Tests(), new HashSet<int>());
        shelf.Value.Refresh();
        // what is to be tried next follows from what has been tried
        while (Trials().Any(t => !t.IsFresh && !attempted.Contains(t.Number)))
            await MakeAsync(Trials(), tests, attempted, progress);
        await MakeAsync(Needed(), [], attempted, progress);
        return [.. tests.Select(t => t.Record!)];
    }

    /// <summary>Makes one run by its number, unless its record is fresh.</summary>
    /// <returns>Whether it has a record now; false if another process is making it.</returns>
    /// <exception cref="ArgumentException">There is no run of that number.</exception>
    /// <exception cref="InvalidOperationException">It needs tuning runs that have not been made; one
    /// sentence.</exception>
    public Task<bool> RunAsync(int number)
    {
        shelf.Value.Refresh();
        if (number < 0 || number >= Runs.Count)
            throw new ArgumentException($"{experiment.Name} has no run {number}: its runs are 0 to {Runs.Count - 1}.");
        return Run.OnThread(() => Runs[number].Make());
    }

    private IReadOnlyList<PlannedRun> Runs => field ??=
        experiment.Runs(scale, shelf.Value, RatesFrom?.Shelf(experiment.Name, scale.Name));

    /// <summary>Predicted seconds of one run of each arm on one core.</summary>
    private Dictionary<Arm, double> Seconds()
    {
        var (_, like) = experiment.World.Draw(scale with { TrainTokens = 2_000, TestDocuments = 1 },
            experiment.Seeds[0]);
        double Flops(Arm arm)
        {
            try { return arm.Flops(arm.At(scale), like); }
            catch (ArgumentException) { return 0; }   // there is no such model: its runs will record why
        }
        return experiment.Arms.ToDictionary(arm => arm, arm => Flops(arm) / FlopsPerSecond + arm.At(scale)
            .TrainTokens * SecondsPerToken);
    }

    private IEnumerable<PlannedRun> Planned =>
        Runs.Where(r => experiment.ArmsNamed(Arms).Contains(r.Arm));

    /// <summary>Of each arm the grid alone until it is fresh: where it ended by other code says nothing of where it
    /// ends now.</summary>
    private List<PlannedRun> Trials() => RatesFrom is not null ? []
        : [.. Planned.Where(r => r.IsTuning).GroupBy(r => r.Arm)
            .SelectMany(trials => Tuning.Of([.. trials], trials.Key.Choices.Count, t => t.IsFresh).Needed)];

    private List<PlannedRun> Tests() =>
        [.. Planned.Where(r => !r.IsTuning && (Seeds is not { } n || experiment.Seeds.Take(n).Contains(r.Seed)))];

    /// <param name="later">Runs that come after these, for the estimate of the time.</param>
    /// <param name="attempted">Numbers of the runs made so far: one that failed is not tried again.</param>
    private async Task MakeAsync(IReadOnlyList<PlannedRun> runs, IReadOnlyList<PlannedRun> later,
        HashSet<int> attempted,
        IProgress<ExperimentProgress>? progress)
    {
        var waiting = new Queue<PlannedRun>(runs.Where(r => !attempted.Contains(r.Number) && !r.IsFresh));
        var (gate, clock, seconds) = (new Lock(), Stopwatch.StartNew(), Seconds());
        var (left, made, work) = (waiting.Count, 0.0, waiting.Concat(later.Where(r => !r.IsFresh))
            .Sum(r => seconds[r.Arm]));
        void Report(PlannedRun? ended = null) =>
            progress?.Report(new ExperimentProgress(runs.Count - left, runs.Count + later.Count,
            made == 0 ? null : TimeLeft.Estimate(clock.Elapsed, made, work), ended));

        bool Work()
        {
            while (true)
            {
                PlannedRun? run;
                lock (gate) if (!waiting.TryDequeue(out run)) return true;
                RunHost.Current.Cancellation.ThrowIfCancellationRequested();
                if (!run.Make())
                {
                    RunHost.Current.Cancellation.WaitHandle.WaitOne(Poll);   // another process is at it, and may die
                    lock (gate) waiting.Enqueue(run);
                    continue;
                }
                lock (gate)
                {
                    attempted.Add(run.Number);
                    left--;
                    made += seconds[run.Arm];
                    Report(run);
                }
            }
        }
        Report();
        await Task.WhenAll(Enumerable.Range(0, Math.Max(1, Jobs)).Select(_ => Run.OnThread(Work)));
    }
}
