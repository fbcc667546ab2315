using System.Diagnostics;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Benchmarks;

/// <summary>The parts of a training step. A step on one token has next to no arithmetic: what it takes is dispatch,
/// bookkeeping and wrappers. The products are those of the linear layers alone.</summary>
internal sealed class Profile : Benchmark
{
    // a batch of short texts, as the notebooks train on
    private static readonly Shape Notebook = new("notebook", 64, 2, 4, 24, 4, 240, 12);

    public override string Name => "profile";
    public override string Question => "Where does the time of a training step go?";
    public override bool HasPyTorch => false;

    public override IEnumerable<Row> Run(Duel duel)
    {
        foreach (var shape in Shape.All.Prepend(Notebook))
        {
            var times = new Dictionary<string, List<double>>();
            Duel.OnThread(1, () =>
            {
                using var scope = NewDisposeScope();
                var one = shape with { Length = 1, Rows = 1 };
                var (whole, least) = (new Steps(shape), new Steps(one));
                var pairs = Gemm.Products(shape).Select(p => (A: randn(p[0], p[1]), B: randn(p[1], p[2]))).ToList();
                for (var round = 0; round <= duel.Repeats; round++)
                {
                    var (parts, overhead) = (whole.Time(), least.Time());
                    var products = Micro(() => { foreach (var (a, b) in pairs) a.mm(b).Dispose(); });
                    if (round == 0) continue;
                    foreach (var (name, time) in parts.Append(("one token", overhead.Sum(p => p.Time)))
                        .Append(("products alone", products)))
                        (times.TryGetValue(name, out var list) ? list : times[name] = []).Add(time);
                }
            });
            foreach (var (name, samples) in times) yield return new Row(Name, $"{shape.Name}, {name}", "us",
                Duel.Median(samples), Samples: samples);
        }
    }

    private static double Micro(Action work)
    {
        var begin = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
    }

    /// <summary>A model and its batches, taken step by step.</summary>
    private sealed class Steps(Shape shape)
    {
        private readonly Generator generator = new(1);
        private readonly Dataset data = shape.Data(test: shape.Rows);
        private TransformerLm? model;
        private FlatAdamW? optimizer;

        /// <summary>Microseconds of each part, the mean over some steps.</summary>
        public IReadOnlyList<(string Name, double Time)> Time()
        {
            model ??= new TransformerLm(shape.Config, generator);
            optimizer ??= new FlatAdamW(new FlatParameters(model.parameters()), 1, 0.01);
            var (objective, sums) = (new CausalLm(), new double[5]);
            var numbers = Enumerable.Range(0, shape.Rows).Select(i => (long)i).ToArray();
            for (var step = 0; step < 2 * shape.Steps; step++)
            {
                using var scope = NewDisposeScope();
                Batch? batch = null;
                Tensor? loss = null;
                sums[0] += Micro(() => batch = data.Train.Take(numbers, CPU));
                sums[1] += Micro(() => loss = objective.Of(model, batch!, generator).Mean);
                sums[2] += Micro(() => loss!.backward());
                sums[3] += Micro(() => optimizer.Step(1e-3));
                using var off = no_grad();
                sums[4] += Micro(() => objective.Of(model, batch!, generator).Mean.item<float>());
            }
            return [.. new[] { "data", "forward", "backward", "optimizer", "evaluation" }.Zip(sums, (name, sum) =>
                (name, sum / (2 * shape.Steps)))];
        }
    }
}
