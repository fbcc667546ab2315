using LmNotebooks.Models;
using static TorchSharp.torch;
using Attention = System.Func<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor,
    TorchSharp.torch.Tensor>;

namespace LmNotebooks.Practice;

/// <summary>What exercises on attention have in common: the right one, the likely faults, and how an answer is looked
/// at.</summary>
public static partial class Exercises
{
    /// <summary>Causal attention by definition: queries, keys and values [.., T, D] to [.., T, D].</summary>
    private static Tensor Attends(Tensor q, Tensor k, Tensor v) => Sees(q, k, v, 0);

    /// <summary>Attention that sees some words too many.</summary>
    private static Tensor Sees(Tensor q, Tensor k, Tensor v, long later) =>
        Scaled(q, k).Plus(Seeing(q, later).log()).softmax(-1).matmul(v);

    /// <summary>The likely faults.</summary>
    private static IEnumerable<(string Name, Attention Wrong, string Thought)> Faults() =>
    [
        ("no mask", (q, k, v) => Sees(q, k, v, q.size(-2)), "Words see all later ones: nothing is hidden."),
        ("the next one", (q, k, v) => Sees(q, k, v, 1), "Each word sees the next one, which it is to predict."),
        ("not itself", (q, k, v) => Sees(q, k, v, -1), "A word should see itself; the first one has nothing else."),
        ("no scale", (q, k, v) => Products(q, k).Plus(Seeing(q, 0).log()).softmax(-1).matmul(v), "The scores are not "
            + "divided, so the weights are sharper than they should be."),
        ("divided by D", (q, k, v) => Products(q, k).Over(q.size(-1)).Plus(Seeing(q, 0).log()).softmax(-1).matmul(v),
            "The scores are divided by D, and not by its square root."),
        ("not transposed", (q, k, v) => q.matmul(k).Over(Math.Sqrt(q.size(-1))).Plus(Seeing(q, 0).log()).softmax(-1)
            .matmul(v), "The keys have to be transposed, so that each query meets each key."),
        ("hidden after softmax", (q, k, v) => Scaled(q, k).softmax(-1).tril().matmul(v), "You hide after the softmax, "
            + "so the weights that are left do not sum to one."),
        ("hidden by zero", (q, k, v) => Scaled(q, k).tril().softmax(-1).matmul(v), "A score of 0 is hidden from "
            + "nobody: e to the power of 0 is 1."),
        ("mask without logarithm", (q, k, v) => Scaled(q, k).Plus(Seeing(q, 0)).softmax(-1).matmul(v), "Ones and zeros "
            + "are added to the scores. To hide something, minus infinity must be added."),
        ("over those who look", (q, k, v) => Scaled(q, k).Plus(Seeing(q, 0).log()).softmax(-2).matmul(v), "The softmax "
            + "runs over the words that look. The weights of each of them have to sum to one."),
    ];

    private static Tensor Products(Tensor q, Tensor k) => q.matmul(k.transpose(-2, -1));

    private static Tensor Scaled(Tensor q, Tensor k) => Products(q, k).Over(Math.Sqrt(q.size(-1)));

    /// <summary>Ones where a word is seen, [T, T].</summary>
    private static Tensor Seeing(Tensor q, long later) => ones(q.size(-2), q.size(-2)).tril(later);

    /// <summary>All heads share keys and values: [B, T, D] instead of [B, H, T, D].</summary>
    private static Attention Shared(Attention attention) => (q, k, v) => attention(q, k.unsqueeze(1), v.unsqueeze(1));

    /// <summary>Whatever gives the same for texts of several shapes. In the first all sizes should be equal: then steps
    /// in a wrong order have a result, too, by which they are known. The others come only where it is right.</summary>
    private static Judge<Attention> LikeAttention(Attention right,
        params (long[] Queries, long[] Keys)[] shapes) =>
        Judge.Like(right, attention => TensorCode.Run(() =>
        {
            var seen = new List<double>();
            foreach (var (queries, keys) in shapes)
            {
                Tensor Drawn(ulong seed, long[] shape)
                {
                    using var generator = new Generator(seed);
                    return randn(shape, generator: generator);
                }
                List<double> Seen(Attention of) =>
                    [.. Practice.Seen.OfTensor(of(Drawn(1, queries), Drawn(2, keys), Drawn(3, keys)))];
                var (yours, expected) = (Seen(attention), Seen(right));
                seen.AddRange(yours);
                if (yours.Count != expected.Count
                    || yours.Zip(expected).Any(p => !(Math.Abs(p.First - p.Second) < Same))) break;
            }
            return seen;
        }), Same);

    /// <summary>Differences between sums in another order.</summary>
    private const double Same = 1e-4;
}
