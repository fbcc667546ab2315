using LmNotebooks.Languages;

namespace LmNotebooks.Measures;

/// <summary>How much of a latent's influence a model has captured. A prefix is redrawn under another value of the
/// latent, all else held; the same continuation follows both. D is the mean of ln M(y | x) - ln M(y | x'), and the
/// share is D of the model over D of the truth: 0 ignores the latent, 1 lets it weigh as much as it should, more than 1
/// lets it weigh too much: in a text that changes its mind half-way, which the redrawn ones are. Whether beliefs are
/// right in ordinary texts is another question; see <see cref="Belief"/>.</summary>
public static class CapturedShare
{
    /// <summary>The share, with a bootstrap interval over documents.</summary>
    public static Interval Of(Lingua truth, ISequenceDistribution model, Latent latent, int documents, int seed)
    {
        var redrawn = truth.Redraw(latent, documents, seed);
        return Bootstrap.OfRatio([.. Differences(model, redrawn).Zip(Differences(truth, redrawn))], seed);
    }

    private static double[] Differences(ISequenceDistribution distribution, IReadOnlyList<Redrawn> redrawn)
    {
        var factual = distribution.LogProbabilities([.. redrawn.Select(r => (int[])[.. r.Prefix, .. r.Continuation])]);
        var other = distribution.LogProbabilities([.. redrawn.Select(r =>
            (int[])[.. r.Counterfactual, .. r.Continuation])]);
        return [.. redrawn.Select((r, i) => factual[i].Skip(r.Prefix.Length).Sum() - other[i]
            .Skip(r.Counterfactual.Length).Sum())];
    }
}
