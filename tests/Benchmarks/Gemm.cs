using static TorchSharp.torch;

namespace LmNotebooks.Benchmarks;

/// <summary>The bound: a training step's matrix products and nothing else. No training is faster with these
/// libraries.</summary>
internal sealed class Gemm : Benchmark
{
    public override string Name => "gemm";
    public override string Question => "How fast would training be if only its matrix products took time?";

    public override IEnumerable<Row> Run(Duel duel) =>
        from c in Shape.WithThreads
        let products = Products(c.Shape)
        select duel.Measure(Name, c.Case, "tokens/s", c.Threads, () =>
        {
            var pairs = products.Select(p => (A: randn(p[0], p[1]), B: randn(p[1], p[2]))).ToList();
            return () =>
            {
                for (var step = 0; step < c.Shape.Steps; step++)
                    foreach (var (a, b) in pairs) a.mm(b).Dispose();
                return c.Shape.Steps * c.Shape.Rows * c.Shape.Length;
            };
        }, new { work = "gemm", threads = c.Threads, steps = c.Shape.Steps, rows = c.Shape.Rows,
            length = c.Shape.Length, products });

    /// <summary>[m, k] times [k, n] for every linear layer: forward, and the gradients of its input and of its
    /// matrix.</summary>
    public static List<long[]> Products(Shape shape)
    {
        long N = shape.Rows * shape.Length, C = shape.Width;
        var layers = Enumerable.Repeat(new (long In, long Out)[] { (C, 3 * C), (C, C), (C, 4 * C), (4 * C, C) },
            shape.Layers).SelectMany(l => l).Append((C, shape.Vocabulary));
        return [.. layers.SelectMany(l => new long[][] { [N, l.In, l.Out], [N, l.Out, l.In], [l.Out, N, l.In] })];
    }
}
