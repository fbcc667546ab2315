using LmNotebooks.Languages;

namespace LmNotebooks.Models;

/// <summary>An n-gram model: the next token depends on the n-1 tokens before it, and is estimated by counting. Each
/// order falls back on the order below, the lowest on the uniform distribution.</summary>
public sealed class NgramModel : ISequenceDistribution
{
    private sealed class Counts
    {
        public readonly Dictionary<int, int> Words = [];
        public int Total;
    }

    private readonly int start;
    private readonly Dictionary<ulong, Counts>[] orders;   // orders[k]: counts after contexts of k tokens
    private double[]? discounts;                           // D of each order; null for Witten and Bell

    private NgramModel(int order, int vocabulary, int start)
    {
        (Order, Vocabulary, this.start) = (order, vocabulary, start);
        orders = [.. Enumerable.Range(0, order).Select(_ => new Dictionary<ulong, Counts>())];
    }

    /// <summary>n: 1 for a unigram model, 3 for trigrams.</summary>
    public int Order { get; }
    public int Vocabulary { get; }

    /// <summary>Number of counts that the model keeps.</summary>
    public long Parameters => orders.Sum(contexts => contexts.Values.Sum(c => (long)c.Words.Count));

    /// <summary>Counts the documents. Contexts that begin before the document are filled with
    /// <paramref name="start"/>.</summary>
    /// <exception cref="ArgumentException">The order is not 1 to 4, or the vocabulary is over 65,536: contexts are
    /// packed into 64 bits.</exception>
    public static NgramModel Fit(int order, int vocabulary, IEnumerable<int[]> documents, int start = 0,
        Smoothing smoothing = Smoothing.WittenBell)
    {
        if (order is < 1 or > 4) throw new ArgumentException($"The order is {order}: it must be 1 to 4.");
        if (vocabulary is < 1 or > 65536)
            throw new ArgumentException($"The vocabulary has {vocabulary} tokens: n-gram counts take 1 to 65,536.");
        var model = new NgramModel(order, vocabulary, start);
        foreach (var document in documents)
            for (var t = 0; t < document.Length; t++)
                for (var k = 0; k < order; k++)
                    model.Count(k, model.Key(document, t, k), document[t]);
        if (smoothing == Smoothing.KneserNey) model.CountContinuations();
        return model;
    }

    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<int[]> documents) =>
        [.. documents.Select(d => d.Select((word, t) => Math.Log(Probability(d, t, word))).ToArray())];

    public double[] Next(IReadOnlyList<int> prefix) =>
        [.. Enumerable.Range(0, Vocabulary).Select(word => Probability(prefix, prefix.Count, word))];

    /// <summary>Puts the number of different tokens before h w in the place of the number of times of h w, below the
    /// highest order.</summary>
    private void CountContinuations()
    {
        for (var k = 0; k < Order - 1; k++)
        {
            orders[k].Clear();
            foreach (var (key, counts) in orders[k + 1])
                // the last 16 bits are the earliest token
                foreach (var word in counts.Words.Keys) Count(k, key >> 16, word);
        }
        discounts = [.. orders.Select(contexts =>
        {
            double Of(int count) => contexts.Values.Sum(c => c.Words.Values.Count(n => n == count));
            return Of(1) == 0 ? 0.5 : Of(1) / (Of(1) + 2 * Of(2));
        })];
    }

    private void Count(int k, ulong key, int word)
    {
        if (!orders[k].TryGetValue(key, out var counts)) orders[k][key] = counts = new Counts();
        counts.Words[word] = counts.Words.GetValueOrDefault(word) + 1;
        counts.Total++;
    }

    private double Probability(IReadOnlyList<int> document, int t, int word)
    {
        var p = 1.0 / Vocabulary;
        for (var k = 0; k < Order; k++)
            if (orders[k].TryGetValue(Key(document, t, k), out var counts))
            {
                int count = counts.Words.GetValueOrDefault(word), different = counts.Words.Count;
                p = discounts is null ? (count + different * p) / (counts.Total + different)
                    : (Math.Max(count - discounts[k], 0) + discounts[k] * different * p) / counts.Total;
            }
        return p;
    }

    private ulong Key(IReadOnlyList<int> document, int t, int k)
    {
        var key = 0ul;
        for (var back = 1; back <= k; back++) key = key << 16 | (uint)(t - back >= 0 ? document[t - back] : start);
        return key;
    }
}
