using LmNotebooks.Models;
using static TorchSharp.torch;

namespace LmNotebooks.Benchmarks;

/// <summary>One run of the kit's trainer against the usual loop in PyTorch.</summary>
internal sealed class Training : Benchmark
{
    public override string Name => "training";
    public override string Question => "How many tokens a second does one run train on?";

    public override IEnumerable<Row> Run(Duel duel) =>
        from shape in Shape.All
        from threads in new[] { 1, 2 }
        select duel.Measure(Name, $"{shape.Name}, {threads} thread{(threads > 1 ? "s" : "")}", "tokens/s", threads, () =>
        {
            var (generator, data) = (new Generator(1), shape.Data(test: 1));
            var model = new TransformerLm(shape.Config, generator);
            return () => shape.Train(model, data, generator);
        }, shape.Request("training", threads, shape.Steps));
}
