namespace LmNotebooks.Languages;

/// <summary>A document of one of several languages with the same words, nobody says which: each word is predicted by
/// all of them, by what the words before it make of their weights.</summary>
/// <param name="Weights">P(language) before the first word; they sum to one.</param>
public sealed record Mixture(IReadOnlyList<ISequenceDistribution> Languages, IReadOnlyList<double> Weights)
    : ISequenceDistribution
{
    /// <inheritdoc/>
    public int Vocabulary => Languages[0].Vocabulary;

    /// <inheritdoc/>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<int[]> documents)
    {
        double[][][] logs = [.. Languages.Select(language => language.LogProbabilities(documents).ToArray())];
        return [.. documents.Select((document, d) =>
        {
            double[] weights = [.. Weights.Select(w => Math.Log(w))];       // with all words so far
            var before = 0.0;
            return document.Select((_, t) =>
            {
                for (var k = 0; k < weights.Length; k++) weights[k] += logs[k][d][t];
                var now = LogSum(weights);
                var log = double.IsNegativeInfinity(now) ? now : now - before;
                before = now;
                return log;
            }).ToArray();
        })];
    }

    /// <inheritdoc/>
    public double[] Next(IReadOnlyList<int> prefix)
    {
        var weights = Posterior([[.. prefix]]);
        var next = new double[Vocabulary];
        foreach (var (language, weight) in Languages.Zip(weights).Where(l => l.Second > 0))
            foreach (var (id, p) in language.Next(prefix).Index()) next[id] += weight * p;
        return next;
    }

    /// <summary>P(language | documents of the same one).</summary>
    /// <exception cref="ArgumentException">No language has all the documents.</exception>
    public double[] Posterior(IReadOnlyList<int[]> documents)
    {
        double Log(ISequenceDistribution language) => language.LogProbabilities(documents).Sum(logs => logs.Sum());
        double[] weights = [.. Languages.Zip(Weights, (language, w) => Math.Log(w) + Log(language))];
        var all = LogSum(weights);
        if (double.IsNegativeInfinity(all)) throw new ArgumentException("A document is impossible in every language.");
        return [.. weights.Select(w => Math.Exp(w - all))];
    }

    /// <summary>ln of the sum of numbers whose logarithms are given.</summary>
    internal static double LogSum(double[] logs) => logs.Max() is var most && double.IsNegativeInfinity(most) ? most
        : most + Math.Log(logs.Sum(log => Math.Exp(log - most)));
}
