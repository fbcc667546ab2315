using LmNotebooks.Experiments;
using LmNotebooks.Models;
using LmNotebooks.Strategies;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

/// <summary>What libtorch reads is held while it reads it, however busy the garbage collector is.</summary>
[Collection(nameof(Alone))]
public class CollectorTests
{
    private const int Sums = 25_000;

    [Fact]
    public void Sums_are_right_on_two_threads_under_a_busy_collector() => UnderACollector(() =>
    {
        using Tensor x = ones(4), y = ones(4);
        for (var i = 0; i < Sums; i++)
        {
            using Tensor sum = x.Plus(y), more = sum.Plus(0.5), less = more.Over(2);
            Assert.Equal(1.25f, less.data<float>()[3]);
        }
        return true;
    });

    [Fact]
    public void A_run_ends_with_the_same_losses_under_a_busy_collector()
    {
        var alone = Losses();
        Assert.All(UnderACollector(Losses), losses => Assert.Equal(alone, losses));
    }

    private static double[] Losses()
    {
        set_num_threads(1);
        using var generator = new Generator(1);
        using var model = new Joint().Build(Run.Config(Small.Data, Small.Scale), generator);
        var stages = new Joint().Stages(model, Small.Plan(Small.Scale.TrainTokens, Small.Scale.Schedule));
        var losses = new List<double>();
        new Trainer("under a collector", model, Small.Data, Small.Scale.Options, generator)
            .Train(stages, e => losses.Add(e.TestLoss));
        return [.. losses];
    }

    /// <summary>Does something on two threads while a third collects garbage.</summary>
    private static T[] UnderACollector<T>(Func<T> work)
    {
        using var done = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!done.IsCancellationRequested)
            {
                GC.Collect(0);   // what is temporary is young
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            Task<T> OnThread() => Task.Factory.StartNew(work, TaskCreationOptions.LongRunning);
            return Task.WhenAll(OnThread(), OnThread()).GetAwaiter().GetResult();
        }
        finally
        {
            done.Cancel();
            collector.Join();
        }
    }
}
