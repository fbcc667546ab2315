using LmNotebooks.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Classroom;

/// <summary>The judges of the exercises on the inside of a Transformer. They try an answer and name what is wrong with
/// it; they never tell what is right.</summary>
public static class BuildingChecks
{
    private const long Heads = 3, T = 8, D = 4;
    private const double Same = 1e-5;

    /// <summary>Whether a number is how many weights one block of a given width has.</summary>
    public static CheckResult WeightsOfBlock(double answer, int width)
    {
        const string hint = "Go through the cell of the block line by line. Count rows times columns of each matrix, "
            + "then every vector that is added or multiplied.";
        using var block = new Block(new ModelConfig { Vocabulary = 2, Context = 2, Width = width, Heads = 1 },
            attends: true, feedsForward: true);
        var sizes = block.named_parameters().ToDictionary(p => p.name, p => (double)p.parameter.numel());
        var (all, matrices) = (sizes.Values.Sum(), 12.0 * width * width);
        var norms = sizes.Where(s => s.Key.Contains("norm")).Sum(s => s.Value);
        return answer switch
        {
            double.NaN => Open("the number of weights", hint),
            _ when answer == all => Right("the number of weights is right", hint),
            _ when answer == matrices => NotYet("these are the matrices alone", hint),
            _ when answer == all - norms => NotYet("the two layer norms have weights, too", hint),
            _ when answer == matrices + norms => NotYet("the matrices have biases", hint),
            _ => NotYet($"the number of weights is {(answer < all ? "larger" : "smaller")}", hint),
        };
    }

    /// <summary>Whether a matrix of ones and zeros lets each word see itself and the two words before it.</summary>
    /// <param name="window">From T to [T, T].</param>
    public static CheckResult Window(Func<long, Tensor?> window)
    {
        const string hint = "tril(n) keeps what lies on or below a diagonal, triu(n) what lies on or above it. They "
            + "can follow each other.";
        return Try("the window", hint, () =>
        {
            if (window(T) is not { } given) return Open("the window", hint);
            if (!given.shape.SequenceEqual([T, T])) return NotYet("it should have T rows and T columns", hint);
            var seen = given.to(float64).contiguous().data<double>().ToArray();
            for (var t = 0; t < T; t++)
                for (var s = 0; s < T; s++)
                    if ((seen[t * T + s] != 0) != (s <= t && s >= t - 2))
                        return NotYet(Fault(t - s), hint);
            return Right("each word sees itself and the two before it", hint);
        });
    }

    private static string Fault(int back) => back switch
    {
        < 0 => "a word sees a later one",
        0 => "a word does not see itself",
        > 2 => $"a word sees the one {back} places before it",
        _ => $"a word does not see the one {back} before it",
    };

    /// <summary>Whether a function is causal attention of several heads that share one set of keys and
    /// values.</summary>
    /// <param name="attention">Queries [B, H, T, D], keys and values [B, T, D] to [B, H, T, D].</param>
    public static CheckResult MultiQuery(Func<Tensor, Tensor, Tensor, Tensor?> attention)
    {
        const string hint = "unsqueeze(1) makes a dimension of size 1 where the heads are, and matmul repeats it for "
            + "all of them.";
        return Try("attention with shared keys", hint, () =>
        {
            var (q, k, v) = (Drawn(1, 2, Heads, T, D), Drawn(2, 2, T, D), Drawn(3, 2, T, D));
            if (attention(q, k, v) is not { } given) return Open("attention with shared keys", hint);
            return Judged(given, q, k.unsqueeze(1), v.unsqueeze(1), hint);
        });
    }

    /// <summary>Whether a function is causal attention, and no word hears of a later one.</summary>
    /// <param name="attention">Queries, keys and values [B, T, D] to [B, T, D].</param>
    public static CheckResult NoLeak(Func<Tensor, Tensor, Tensor, Tensor?> attention)
    {
        const string hint = "Print the mask for T = 4, and ask of the first row: which words may the first word see?";
        return Try("the leak", hint, () =>
        {
            var (q, k, v) = (Drawn(1, 1, T, D), Drawn(2, 1, T, D), Drawn(3, 1, T, D));
            if (attention(q, k, v) is not { } given) return Open("the leak", hint);
            return IsSame(given, Mixed(q, k, v, later: 1)) ? Open("the leak", hint) : Judged(given, q, k, v, hint);
        });
    }

    private static CheckResult Judged(Tensor given, Tensor q, Tensor k, Tensor v, string hint)
    {
        if (!given.shape.SequenceEqual(q.shape)) return NotYet("the result should have the shape of the queries", hint);
        if (given.isnan().any().item<bool>()) return NotYet("a word that sees nothing should see itself", hint);
        if (IsSame(given, Mixed(q, k, v))) return Right("it gives what the library gives", hint);
        if (IsSame(given, Mixed(q, k, v, later: (int)T)))
            return NotYet("it looks at later words: a mask is missing", hint);
        if (IsSame(given, Mixed(q, k, v, later: 1))) return NotYet("each word hears of the next one", hint);
        if (IsSame(given, Mixed(q, k, v, scaled: false))) return NotYet("the scores are not scaled", hint);
        return NotYet("it differs from the library's attention", hint);
    }

    /// <summary>Attention by definition, and its likely faults.</summary>
    private static Tensor Mixed(Tensor q, Tensor k, Tensor v, int later = 0, bool scaled = true)
    {
        var root = tensor(scaled ? Math.Sqrt(D) : 1);
        var scores = q.matmul(k.transpose(-2, -1)) / root + ones(T, T, float64).tril(later).log();
        return scores.softmax(-1).matmul(v);
    }

    private static bool IsSame(Tensor given, Tensor right) => functional.mse_loss(given.to(float64), right)
        .item<double>() < Same * Same;

    private static Tensor Drawn(ulong seed, params long[] shape)
    {
        using var generator = new Generator(seed);
        return randn(shape, float64, generator: generator);
    }

    private static CheckResult Try(string what, string hint, Func<CheckResult> judge)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        try { return judge(); }
        // an answer is code of the reader's, and may fail in any way
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new(Outcome.NotYet, $"Not yet: {what} cannot be tried, since your code says: {e.Message}", hint);
        }
    }

    private static CheckResult Open(string what, string hint) =>
        new(Outcome.Open, $"Open: {what} is yours to find.", hint);

    private static CheckResult NotYet(string fault, string hint) => new(Outcome.NotYet, $"Not yet: {fault}.", hint);
    private static CheckResult Right(string what, string hint) => new(Outcome.Right, $"Right: {what}.", hint);
}
