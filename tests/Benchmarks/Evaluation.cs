using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Benchmarks;

/// <summary>The loss of a test corpus; the peer reads 64 rows at a time.</summary>
internal sealed class Evaluation : Benchmark
{
    private const int Rows = 64;

    public override string Name => "evaluation";
    public override string Question => "How many tokens a second does an evaluation read?";

    public override IEnumerable<Row> Run(Duel duel) =>
        from c in Shape.WithThreads
        let batches = Math.Max(1, c.Shape.Steps / 4)
        select duel.Measure(Name, c.Case, "tokens/s", c.Threads, () =>
        {
            var (generator, data) = (new Generator(1), c.Shape.Data(test: batches * Rows));
            var trainer = new Trainer(Name, new TransformerLm(c.Shape.Config, generator), data, new TrainingOptions(),
                generator);
            return () =>
            {
                trainer.Evaluate(new Aim(new CausalLm()));
                return data.Test.Tokens;
            };
        }, c.Shape.Request("evaluation", c.Threads, batches));
}
