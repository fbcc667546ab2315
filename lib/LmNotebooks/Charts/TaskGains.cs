using LmNotebooks.Experiments;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>What tasks are worth to each other, by the records of models that learned one task and of models that
/// learned two. Which tasks a model learned is told by its measures: of each it has the share of the way.</summary>
public static class TaskGains
{
    private const string Way = "way of ", Updates = ", equal updates";

    /// <summary>Both gains of each pair of tasks, over the seeds with which the pair and the judged task alone were
    /// learned.</summary>
    /// <param name="equalUpdates">Whether the pair took as many updates as one task alone, so that each of its tasks
    /// was seen half as often; else each was seen as often as alone.</param>
    /// <exception cref="ArgumentException">There is no gain; one sentence.</exception>
    public static IReadOnlyList<TaskGain> Of(IEnumerable<RunRecord> records, bool equalUpdates = false)
    {
        var gains = Among(records, equalUpdates);
        return gains.Count > 0 ? gains : throw new ArgumentException("There is no gain: it needs test runs of two "
            + $"tasks together{(equalUpdates ? Updates : "")}, and of one of them alone with the same seed.");
    }

    /// <summary>The gains; none where there is none.</summary>
    internal static IReadOnlyList<TaskGain> Among(IEnumerable<RunRecord> records, bool equalUpdates)
    {
        var runs = RunsOf(records, equalUpdates);
        var alone = runs.Where(r => r.Tasks.Count == 1).ToLookup(r => (r.Tasks[0], r.Header.Seed));
        return
        [
            .. from pair in runs.Where(r => r.Tasks.Count == 2).ByArm()
               let tasks = pair.First().Tasks
               from judged in tasks
               let seeds = (from run in pair
                            from own in alone[(judged, run.Header.Seed)]
                            select new SeedPair(run.Header.Seed, run.WayOf(judged), own.WayOf(judged))).ToList()
               where seeds.Count > 0
               select new TaskGain(tasks.First(t => t != judged), judged, seeds),
        ];
    }

    /// <summary>The test runs that gains are read off.</summary>
    internal static IReadOnlyList<RunRecord> RunsOf(IEnumerable<RunRecord> records, bool equalUpdates) =>
        [.. records.Tests().Where(r => r.Tasks.Count is 1 or 2 && (equalUpdates && r.Tasks.Count == 2)
            == r.Header.Arm.EndsWith(Updates, StringComparison.Ordinal))];

    /// <summary>The tasks of these gains: first those that the records have alone, in the order of the
    /// records.</summary>
    internal static IReadOnlyList<string> TasksOf(IReadOnlyList<TaskGain> gains, IEnumerable<RunRecord> records)
    {
        var tasks = gains.SelectMany(g => (string[])[g.Judged, g.Added]).Distinct().ToList();
        return [.. records.Tests().Where(r => r.Tasks.Count == 1).Select(r => r.Tasks[0]).Intersect(tasks)
            .Union(tasks)];
    }

    extension(RunRecord run)
    {
        /// <summary>The tasks that it learned, by name.</summary>
        internal IReadOnlyList<string> Tasks => [.. run.Result!.Measures.Keys.Where(name =>
            name.StartsWith(Way, StringComparison.Ordinal) && run.Has(name)).Select(name => name[Way.Length..])];

        private double WayOf(string task) => run.Measure(Way + task);
    }
}
