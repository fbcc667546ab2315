using LmNotebooks.Records;

namespace LmNotebooks.Experiments;

/// <summary>An experiment in a notebook. It stands here and not in <see cref="Experiment"/>, so that records do not
/// depend on how runs are scheduled.</summary>
public static class LiveExperiment
{
    /// <summary>Runs the first seeds here and now, with the learning rates that the kit's own records chose. Records go
    /// to <see cref="RunStore.Local"/>; what is there already is not made again.</summary>
    /// <param name="arms">Names of those that run; none for all.</param>
    /// <returns>The records of these arms.</returns>
    /// <exception cref="ArgumentException">There is no arm of that name.</exception>
    public static Task<IReadOnlyList<RunRecord>> Run(this Experiment experiment, Scale scale, int seeds,
        params IReadOnlyList<string> arms) =>
        new Runner(experiment, scale, RunStore.Local) { Seeds = seeds, Arms = arms,
            RatesFrom = RunStore.Committed }.RunAsync();
}
