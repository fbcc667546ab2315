using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Experiments;

/// <summary>What the test runs of an experiment measured: the words in which figures, texts and notebooks speak of
/// records. Tuning runs and runs that did not finish test nothing, and are left out everywhere here.</summary>
public static class TestRuns
{
    /// <summary>What a run cost and reached, besides what was measured of its model.</summary>
    private static readonly (string Name, Func<RunResult, double> Of)[] Ledger =
    [
        ("parameters", r => r.Parameters), ("optimizer bytes", r => r.OptimizerBytes), ("tokens", r => r.Tokens),
        ("labels", r => r.Labels), ("flops", r => r.Flops), ("critical path flops", r => r.CriticalPathFlops),
        ("seconds", r => r.Seconds), ("loss", r => r.TestLoss),
    ];

    /// <summary>The kit's own records of the test runs of an experiment; none where it has not been run at this
    /// scale.</summary>
    public static IReadOnlyList<RunRecord> Committed(this Experiment experiment, Scale scale) =>
        [.. RunStore.Committed.Read(experiment.Name, scale.Name).Tests()];

    /// <summary>The test runs among these.</summary>
    public static IEnumerable<RunRecord> Tests(this IEnumerable<RunRecord> records) => records.Where(r => r.IsTest);

    /// <summary>The test runs of some arms, in the order in which these are named.</summary>
    /// <exception cref="ArgumentException">There are test runs, and none of an arm of that name; one sentence that says
    /// of which there are.</exception>
    public static IReadOnlyList<RunRecord> Of(this IEnumerable<RunRecord> records, params IEnumerable<string> arms)
    {
        var runs = records.Tests().ToLookup(r => r.Header.Arm);
        return [.. arms.Distinct().SelectMany(arm => runs.Count == 0 || runs.Contains(arm) ? runs[arm]
            : throw new ArgumentException($"There is no test run of '{arm}': there are those of "
                + $"{string.Join("; ", runs.Select(r => r.Key))}."))];
    }

    /// <summary>The test runs of each arm, whose name is the key, in the order of the records.</summary>
    public static IEnumerable<IGrouping<string, RunRecord>> ByArm(this IEnumerable<RunRecord> records) =>
        records.Tests().GroupBy(r => r.Header.Arm);

    /// <summary>The names of all that is known of a finished run as a number: of its model first, in nats per token
    /// where it is a loss, then of its cost.</summary>
    public static IReadOnlyList<string> Measures(this RunRecord run) =>
        [.. run.Result!.Measures.Keys.Union(Ledger.Select(entry => entry.Name))];

    /// <summary>One number of a finished run.</summary>
    /// <param name="measure">One of its <see cref="Measures"/>.</param>
    /// <exception cref="InvalidOperationException">It has no such measure; one sentence that says which it
    /// has.</exception>
    public static double Measure(this RunRecord run, string measure) =>
        run.Result!.Measures.TryGetValue(measure, out var value) ? value
        : Array.Find(Ledger, entry => entry.Name == measure).Of is { } of ? of(run.Result)
        : throw new InvalidOperationException($"The run of {run.Header.Arm} with seed {run.Header.Seed} has no measure "
            + $"'{measure}': it has {string.Join(", ", run.Measures())}.");

    /// <summary>How far a run was above the truth at one of its evaluations, in nats per token: through the parts that
    /// stood in for those of the model, if any did.</summary>
    /// <exception cref="InvalidOperationException">The truth of its language was not measured.</exception>
    public static double Excess(this RunRecord run, RunEvent at) =>
        (at.ObjectiveLoss ?? at.TestLoss) - run.Measure(Experiment.Floor);

    /// <summary>A measure of each test run, in the order of the records.</summary>
    /// <inheritdoc cref="Measure"/>
    public static IReadOnlyList<double> Values(this IEnumerable<RunRecord> records, string measure) =>
        [.. records.Tests().Select(run => run.Measure(measure))];

    /// <summary>The mean of a measure over the test runs.</summary>
    /// <exception cref="InvalidOperationException">There is no test run, or one without such a measure; one
    /// sentence.</exception>
    public static double Mean(this IEnumerable<RunRecord> records, string measure) =>
        records.Some(measure).Average();

    /// <summary>The mean of a measure over the test runs, and its 95 % t-interval, which for a single run is the value
    /// itself.</summary>
    /// <inheritdoc cref="Mean"/>
    public static Spread Interval(this IEnumerable<RunRecord> records, string measure) =>
        Spread.OverSeeds(records.Some(measure));

    /// <summary>The mean of a measure over the test runs, and its lowest and its highest value.</summary>
    /// <inheritdoc cref="Mean"/>
    public static Spread Range(this IEnumerable<RunRecord> records, string measure) =>
        Spread.OfRange(records.Some(measure));

    private static IReadOnlyList<double> Some(this IEnumerable<RunRecord> records, string measure) =>
        records.Values(measure) is { Count: > 0 } values ? values
        : throw new InvalidOperationException($"There is no test run to take the {measure} of: name an arm that has "
            + "one.");
}
