using System.Diagnostics;
using static TorchSharp.torch;

namespace LmNotebooks.Benchmarks;

/// <summary>Two who do the same in turns, so that what else the machine does meets both.</summary>
internal sealed class Duel(Peer? peer, int repeats)
{
    public int Repeats => repeats;

    /// <summary>Measures ours and the peer's answer to <paramref name="request"/> in turns, after one round that does
    /// not count.</summary>
    /// <param name="ours">Does some work and returns its amount; it runs on a thread of its own with
    /// <paramref name="threads"/> libtorch threads.</param>
    public Row Measure(string benchmark, string name, string unit, int threads, Func<Func<double>> ours, object request)
    {
        var (mine, theirs) = (new List<Work>(), new List<Work>());
        OnThread(threads, () =>
        {
            using var scope = NewDisposeScope();
            var work = ours();
            peer?.Prepare(request);
            for (var round = 0; round <= repeats; round++)
            {
                var (a, b) = (Clock(work), peer?.Work());
                if (round == 0) continue;
                mine.Add(a);
                if (b is { } done) theirs.Add(done);
            }
        });
        double[] Rates(List<Work> works, Func<Work, double> time) => [.. works.Select(w => w.Amount / time(w))];
        double[] Ratios(Func<Work, double> time) => [.. Rates(mine, time).Zip(Rates(theirs, time), (a, b) => a / b)];
        var (own, other) = (Rates(mine, w => w.Seconds), Rates(theirs, w => w.Seconds));
        return peer is null ? new Row(benchmark, name, unit, Median(own), Samples: own)
            : new Row(benchmark, name, unit, Median(own), Median(other), Ratios(w => w.Seconds),
                own.Max() / other.Max(),
                Median(Ratios(w => w.Processor)), own);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Runs on a new thread with so many libtorch threads, and waits for its end.</summary>
    public static void OnThread(int threads, Action action) => Task.Factory.StartNew(() =>
    {
        set_num_threads(threads);
        action();
    }, TaskCreationOptions.LongRunning).GetAwaiter().GetResult();

    /// <summary>Does the work once and says how long it took.</summary>
    public static Work Clock(Func<double> work)
    {
        using var process = Process.GetCurrentProcess();
        var (processor, clock) = (process.TotalProcessorTime, Stopwatch.StartNew());
        var amount = work();
        var seconds = clock.Elapsed.TotalSeconds;
        process.Refresh();
        return new Work(amount, seconds, (process.TotalProcessorTime - processor).TotalSeconds);
    }
}
