using LmNotebooks.Models;
using static TorchSharp.torch;

namespace LmNotebooks.Benchmarks;

/// <summary>One run of the kit's trainer against the usual loop in PyTorch.</summary>
internal sealed class Training : Benchmark
{
    public override string Name => "training";
    public override string Question => "How many tokens a second does one run train on?";

    public override IEnumerable<Row> Run(Duel duel) =>
        from c in Shape.WithThreads
        select duel.Measure(Name, c.Case, "tokens/s", c.Threads, () =>
        {
            var (generator, data) = (new Generator(1), c.Shape.Data());
            var model = new TransformerLm(c.Shape.Config, generator);
            return () => c.Shape.Train(model, data, generator, c.Shape.Steps);
        }, c.Shape.Request("training", c.Threads, c.Shape.Steps));
}
