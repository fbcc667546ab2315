using System.Globalization;
using LmNotebooks.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>Whether something is computed here as its definition says: libtorch computes it in ways that differ between
/// processors, and now and then one of them is wrong.</summary>
/// <param name="Name">What is computed, as the subject of a sentence.</param>
/// <param name="Errors">By shape, in words, the largest difference from the definition in double precision.</param>
public sealed record KernelCheck(string Name, IEnumerable<(string Shape, double Error)> Errors)
{
    private const double Tolerance = 1e-4;   // numbers are near 1, and float32 rounds them to 1e-7

    private static readonly int[] Widths = [4, 8, 15, 16, 17, 24, 32, 48, 64, 96, 128];
    private static readonly int[] Lengths = [1, 2, 7, 48, 65];
    private static readonly (int Rows, int Length)[] Batches = [(1, 4), (5, 3), (16, 2), (64, 2)];

    /// <summary>One sentence on what is wrong; null if all is right.</summary>
    public string? Wrong()
    {
        var wrong = Errors.Where(e => !(e.Error < Tolerance)).ToList();
        if (wrong.Count == 0) return null;
        var most = wrong.Max(e => e.Error).ToString("G2", CultureInfo.InvariantCulture);
        return $"{Name} is off by up to {most} for {string.Join(", ", wrong.Select(e => e.Shape))}.";
    }

    /// <summary>Everything that models are made of.</summary>
    public static IEnumerable<KernelCheck> All =>
    [
        .. from kind in new[] { Architecture.Lstm, Architecture.Gru, Architecture.Rnn }
           from learns in new[] { false, true }
           let name = $"The {kind.ToString().ToUpperInvariant()} {(learns ? "with" : "without")} gradients"
           select Over(Widths, "width", name, width =>
               Batches.Max(b => OfRecurrence(kind, learns, width, b.Rows, b.Length))),
        Over(Widths, "width", "Layer norm", OfLayerNorm),
        Over(Lengths, "length", "Causal attention", OfCausalAttention),
        Over(Lengths, "length", "Masked attention", OfMaskedAttention),
        Over([1, 12, 230, 4096], "length", "Softmax", OfSoftmax),
        .. from kind in new[] { Architecture.Transformer, Architecture.Gru }
           select Over([16, 32, 48, 64, 128], "width", $"Training of a {kind}", width => OfTraining(kind, width)),
    ];

    private static KernelCheck Over(int[] sizes, string unit, string name, Func<int, double> error) =>
        new(name, sizes.Select(size => ($"{unit} {size}", InScope(() => error(size)))));

    private static double OfRecurrence(Architecture kind, bool learns, int width, int rows, int length)
    {
        using var generator = new Generator(1);
        var config = new ModelConfig { Architecture = kind, Vocabulary = 1, Context = length, Width = width,
            Layers = 2 };
        var layers = new RecurrentBody(config).children().Single();
        using (no_grad())
            foreach (var p in layers.parameters()) p.normal_(0, 1 / Math.Sqrt(width), generator);
        using var mode = enable_grad(learns);
        var x = randn([rows, length, width], generator: generator);
        var (first, memory) = Kernels.Recur(layers, x[.., ..^1], []);
        var (last, _) = Kernels.Recur(layers, x[.., ^1..], memory);
        return Distance(cat([first, last], 1), Kernels.RecurByDefinition(layers, x.to(float64), []).Outputs);
    }

    /// <summary>Loss and gradients, which the passes compute, and in double precision the definition.</summary>
    private static double OfTraining(Architecture kind, int width)
    {
        using var generator = new Generator(1);
        var config = new ModelConfig { Architecture = kind, Vocabulary = 30, Context = 13, Width = width, Heads = 2 };
        var model = LanguageModel.Of(config, generator);
        var random = new Random(1);
        var corpus = Corpus.OfDocuments(Enumerable.Range(0, 3)
            .Select(_ => random.GetItems([.. Enumerable.Range(0, 30)], 13)), 0);
        var batch = corpus.Take([0, 1, 2], CPU);
        List<Tensor> LossAndGradients()
        {
            model.Loss(batch, Detour.None).backward();
            List<Tensor> found = [model.Loss(batch, Detour.None).detach(), .. model.parameters()
                .Select(p => p.grad!.clone())];
            foreach (var p in model.parameters()) p.grad = null;
            return found;
        }
        var fast = LossAndGradients();
        model.to(float64);
        return fast.Zip(LossAndGradients(), Distance).Max();
    }

    private static double OfLayerNorm(int width)
    {
        using var generator = new Generator(1);
        using var off = no_grad();
        var norm = nn.LayerNorm(width);
        var (gain, bias) = (norm.weight!.normal_(1, 0.5, generator), norm.bias!.normal_(0, 0.5, generator));
        var x = randn([33, width], generator: generator);
        var defined = Kernels.NormaliseByDefinition(gain.to(float64), bias.to(float64), x.to(float64));
        return Distance(Kernels.Normalise(norm, x), defined);
    }

    private static double OfCausalAttention(int length) =>
        OfAttention(length, Kernels.Attend, Kernels.AttendByDefinition);

    private static double OfMaskedAttention(int length)
    {
        var seen = new bool[3, length];   // all, half, and the first
        for (var s = 0; s < length; s++) (seen[0, s], seen[1, s], seen[2, s]) = (true, s <= length / 2, s == 0);
        var mask = tensor(seen).view(3, 1, 1, length);
        return OfAttention(length, (q, k, v) => Kernels.AttendAll(q, k, v, mask),
            (q, k, v) => Kernels.AttendAllByDefinition(q, k, v, mask));
    }

    private delegate Tensor Attention(Tensor q, Tensor k, Tensor v);

    private static double OfAttention(int length, Attention kernel, Attention definition)
    {
        using var generator = new Generator(1);
        Tensor Drawn() => randn([3, 2, length, 16], generator: generator);
        var (q, k, v) = (Drawn(), Drawn(), Drawn());
        return Distance(kernel(q, k, v), definition(q.to(float64), k.to(float64), v.to(float64)));
    }

    private static double OfSoftmax(int length)
    {
        using var generator = new Generator(1);
        var x = randn([5, length], generator: generator);
        var (exact, sum) = (x.to(float64).exp(), x.to(float64).exp().sum([-1], keepdim: true));
        return Math.Max(Distance(x.softmax(-1), exact / sum), Distance(x.log_softmax(-1), (exact / sum).log()));
    }

    private static double Distance(Tensor computed, Tensor defined) =>
        (computed.to(float64) - defined).abs().max().item<double>();

    private static double InScope(Func<double> work)
    {
        using var scope = NewDisposeScope();
        return work();
    }
}
