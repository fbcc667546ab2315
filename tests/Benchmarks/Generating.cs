using LmNotebooks.Models;
using static TorchSharp.torch;

namespace LmNotebooks.Benchmarks;

/// <summary>Text from a model, one token after another.</summary>
internal sealed class Generating : Benchmark
{
    public override string Name => "generation";
    public override string Question => "How many tokens a second does a model write?";

    public override IEnumerable<Row> Run(Duel duel) =>
        from shape in Shape.All
        let count = shape.Length
        select duel.Measure(Name, $"{shape.Name}, 1 thread", "tokens/s", 1, () =>
        {
            var model = new TransformerLm(shape.Config, new Generator(1));
            return () => model.Generate([], count, seed: 1).Length;
        }, shape.Request("generation", 1, count));
}
