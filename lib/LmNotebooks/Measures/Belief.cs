using LmNotebooks.Languages;

namespace LmNotebooks.Measures;

/// <summary>What a model believes about a latent, as far as its predictions show it.</summary>
public static class Belief
{
    private const int Iterations = 500, Bins = 5;

    /// <summary>The weights of the values of a latent under which the language's predictions given each value mix to
    /// something as near to the model's prediction as can be: least Kullback-Leibler divergence from the model, by
    /// expectation maximisation. Of the language itself it is the posterior.</summary>
    public static double[] Implied(Lingua truth, ISequenceDistribution model, Latent latent, IReadOnlyList<int> prefix)
    {
        var given = truth.NextGiven(latent, prefix);
        var next = model.Next(prefix);
        var weights = Enumerable.Repeat(1.0 / given.Length, given.Length).ToArray();
        for (var i = 0; i < Iterations; i++)
        {
            var anew = new double[weights.Length];
            for (var word = 0; word < next.Length; word++)
            {
                var mixed = 0.0;
                for (var v = 0; v < weights.Length; v++) mixed += weights[v] * given[v][word];
                if (mixed == 0) continue;   // an impossible word says nothing about the latent
                for (var v = 0; v < weights.Length; v++) anew[v] += next[word] * weights[v] * given[v][word] / mixed;
            }
            var sum = anew.Sum();
            weights = [.. anew.Select(w => w / sum)];
        }
        return weights;
    }

    /// <summary>Whether beliefs are as often true as they are strong. One prediction a document is used, at its last
    /// noun phrase; beliefs in all values of the latent are sorted into five bins of equal width, empty ones left
    /// out.</summary>
    public static IReadOnlyList<BeliefBin> Calibration(Lingua truth, ISequenceDistribution model, Latent latent,
        int documents, int seed)
    {
        var beliefs = new List<(double Believed, bool True)>();
        foreach (var document in truth.Sample(documents, seed))
        {
            var phrase = Array.FindLastIndex(document.Ids, id => truth.WordOf(id)!.Slot == Slot.Determiner);
            var latents = document.Sentences.Last(s => s.Start <= phrase).Latents;
            var implied = Implied(truth, model, latent, document.Ids[..(phrase + 1)]);
            beliefs.AddRange(implied.Select((believed, value) => (believed, latents.Value(latent) == value)));
        }
        return [.. beliefs.GroupBy(b => Math.Min((int)(b.Believed * Bins), Bins - 1)).OrderBy(g => g.Key)
            .Select(g => new BeliefBin(g.Average(b => b.Believed), g.Average(b => b.True ? 1 : 0), g.Count()))];
    }
}
