using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Benchmarks;

/// <summary>Whether a long run grows.</summary>
internal sealed class Memory : Benchmark
{
    private const int Steps = 3000, Samples = 6, Rows = 4;

    public override string Name => "memory";
    public override string Question => "Does a run of 3,000 steps stay the same size?";
    public override bool HasPyTorch => false;

    public override IEnumerable<Row> Run(Duel duel)
    {
        var shape = Shape.All[0] with { Rows = Rows };
        var rows = new List<Row>();
        var name = $"{shape.Name}, {Rows} rows";
        Duel.OnThread(1, () =>
        {
            using var generator = new Generator(1);
            var model = new TransformerLm(shape.Config, generator);
            var before = 0L;
            new Trainer(Name, model, shape.Data(), new TrainingOptions { BatchRows = Rows, Evaluations = Samples },
                generator)
                .Train([new Stage("all", new CausalLm(), model.Parts, (long)Steps * Rows * shape.Length)], e =>
                {
                    var bytes = GC.GetTotalAllocatedBytes(precise: true);
                    if (e.Step == Steps)
                        rows.Add(new Row(Name, name, "managed bytes a step",
                        (double)(bytes - before) / (Steps / Samples)));
                    before = bytes;
                    if (e.Step > 0)
                        rows.Add(new Row(Name, $"{name}, step {e.Step}", "MB of the process",
                        Environment.WorkingSet / 1e6));
                });
        });
        return rows;
    }
}
