using LmNotebooks.Models;
using static TorchSharp.torch;

namespace LmNotebooks.Benchmarks;

/// <summary>An experiment on two cores: the kit's runs two at a time with a thread each, PyTorch's one after another
/// with two threads.</summary>
internal sealed class EightRuns : Benchmark
{
    private const int Runs = 8, AtOnce = 2, Longer = 2;   // than one measurement of training

    public override string Name => "experiment";
    public override string Question => "How many tokens a second do eight runs train on together, two cores for all?";

    public override IEnumerable<Row> Run(Duel duel) =>
        from shape in Shape.All
        select duel.Measure(Name, $"{shape.Name}, 8 runs on 2 threads", "tokens/s", 1, () =>
        {
            var data = shape.Data();
            void Train(int seed)
            {
                using var scope = NewDisposeScope();
                using var generator = new Generator((ulong)seed);
                shape.Train(new TransformerLm(shape.Config, generator), data, generator, Longer * shape.Steps);
            }
            return () =>
            {
                var next = 0;
                var workers = Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => Duel.OnThread(1, () =>
                {
                    for (int seed; (seed = Interlocked.Increment(ref next)) <= Runs;) Train(seed);
                })));
                Task.WaitAll([.. workers]);
                return Runs * Longer * shape.Steps * shape.Rows * shape.Length;
            };
        }, shape.Request("runs", AtOnce, Longer * shape.Steps));
}
