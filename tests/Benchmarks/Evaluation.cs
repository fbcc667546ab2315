using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Benchmarks;

/// <summary>The loss of a test corpus, 64 rows at a time.</summary>
internal sealed class Evaluation : Benchmark
{
    private const int Rows = 64;

    public override string Name => "evaluation";
    public override string Question => "How many tokens a second does an evaluation read?";

    public override IEnumerable<Row> Run(Duel duel) =>
        from shape in Shape.All
        from threads in new[] { 1, 2 }
        let batches = Math.Max(1, shape.Steps / 2)
        select duel.Measure(Name, $"{shape.Name}, {threads} thread{(threads > 1 ? "s" : "")}", "tokens/s", threads, () =>
        {
            var (generator, data) = (new Generator(1), shape.Data(test: batches * Rows));
            var trainer = new Trainer(Name, new TransformerLm(shape.Config, generator), data, new TrainingOptions(), generator);
            return () =>
            {
                trainer.Evaluate(new CausalLm());
                return data.Test.Tokens;
            };
        }, shape.Request("evaluation", threads, batches));
}
