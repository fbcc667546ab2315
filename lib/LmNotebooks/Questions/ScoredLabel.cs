using LmNotebooks.Languages;

namespace LmNotebooks.Questions;

/// <summary>The sign of a document's score as the question about it. Every stem has a score, which is 0 of most, "not"
/// turns that of the next adjective around, and the score of the document is the weighted sum.</summary>
/// <remarks>The text decides the answer, 0 for a negative score and 1 for a positive one. A document whose score is 0
/// has no sign: it is never drawn, and asked about it, the posterior is one half.</remarks>
public abstract class ScoredLabel(string name, Lingua language) : Labelling(name, language, 2)
{
    private const double Zero = 1e-9;      // of sums that cancel

    /// <summary>The sum of the scores of a document.</summary>
    public double ScoreOf(IReadOnlyList<int> document)
    {
        var (sum, sign) = (0.0, 1);
        foreach (var (id, weight) in document.Zip(WeightsOf(document)))
        {
            if (Language.StemOf(id) is { } stem) sum += sign * weight * ScoreOf(stem);
            sign = Language.WordOf(id) is { Slot: Slot.Negation } ? -1 : 1;
        }
        return Math.Abs(sum) < Zero ? 0 : sum;
    }

    /// <exception cref="ArgumentException">The document's score is 0.</exception>
    public override int LabelOf(Document document) => ScoreOf(document.Ids) switch
    {
        > 0 => 1,
        < 0 => 0,
        _ => throw new ArgumentException("The score of this document is 0: it has no sign."),
    };

    public override double[] Posterior(IReadOnlyList<int> document) => ScoreOf(document) switch
    {
        > 0 => Certainly(1),
        < 0 => Certainly(0),
        _ => [0.5, 0.5],
    };

    /// <summary>The score of a stem, wherever it stands.</summary>
    protected abstract double ScoreOf(Stem stem);

    /// <summary>How much each word of a document counts: here, all the same.</summary>
    protected virtual IEnumerable<int> WeightsOf(IReadOnlyList<int> document) => Enumerable.Repeat(1, document.Count);

    protected override IEnumerable<Document> Documents(int seed) =>
        base.Documents(seed).Where(d => ScoreOf(d.Ids) != 0);
}
