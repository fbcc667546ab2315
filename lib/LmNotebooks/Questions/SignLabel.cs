using LmNotebooks.Languages;
using MathNet.Numerics.LinearAlgebra;

namespace LmNotebooks.Questions;

/// <summary>The sign of a document's score as the question about it. Every valenced stem has a score, "not" turns that
/// of the next adjective around, and the score of the document is their sum. How far scores agree with the valence that
/// the distribution of the words shows decides what a model of the text can know of them before it sees a
/// label.</summary>
/// <remarks>The text decides the answer, 0 for a negative score and 1 for a positive one. A document whose score is 0
/// has no sign: it is never drawn, and asked about it, the posterior is one half.</remarks>
public sealed class SignLabel : Labelling
{
    private const double Zero = 1e-9;      // of sums that cancel

    private readonly ScoreSpace space;
    private readonly Vector<double> scores;
    private readonly IReadOnlyDictionary<Stem, double> scoreOf;

    private SignLabel(string name, Lingua language, ScoreSpace space, Vector<double> scores)
        : base(name, language, 2) =>
        (this.space, this.scores, scoreOf) = (space, scores, space.Stems.Zip(scores).ToDictionary());

    /// <param name="agreement">Share of the scores, weighted by frequency and size, whose sign is that of the stem's
    /// valence: 1 for scores that are the valence. With 1/2 the expected score is 0 whatever the topic, polarity,
    /// register or intent, so that the distribution of the words says nothing of it.</param>
    /// <param name="seed">Of the choice of scores.</param>
    /// <exception cref="ArgumentException">The share is none, or the language has too few valenced stems or is
    /// cut.</exception>
    public static SignLabel Of(Lingua language, double agreement, int seed)
    {
        LinguaKnobs.Within("The agreement", agreement, 0, 1);
        var space = new ScoreSpace(language);
        return new SignLabel("sign", language, space, space.Agreeing(agreement, Seeds.Mix(language.Seed, seed)));
    }

    /// <summary>Another question whose scores have a given correlation with these: 1 the same, 0 balanced scores of
    /// their own, -1 the opposite. If these are balanced, it is too.</summary>
    /// <exception cref="ArgumentException">The correlation is none, or the language has too few valenced
    /// stems.</exception>
    public SignLabel Related(double correlation, int seed)
    {
        LinguaKnobs.Within("The correlation", correlation, -1, 1);
        var own = Math.Sqrt(1 - correlation * correlation);
        var mixed = own == 0 ? scores * correlation
            : scores * correlation + space.Balanced(Seeds.Mix(Language.Seed, seed, 1), scores) * own;
        return new SignLabel("another sign", Language, space, mixed);
    }

    /// <summary>Score of every valenced stem.</summary>
    public IReadOnlyDictionary<Stem, double> Scores => scoreOf;

    /// <summary>Share of the scores, weighted by frequency and size, whose sign is that of the stem's
    /// valence.</summary>
    public double Agreement => space.Agreement(scores);

    /// <summary>Frequency-weighted correlation of the scores of two questions about one language.</summary>
    public double CorrelationWith(SignLabel other) => space.Correlation(scores, other.scores);

    /// <summary>The sum of the scores of a document.</summary>
    public double ScoreOf(IReadOnlyList<int> document)
    {
        var (sum, sign) = (0.0, 1);
        foreach (var id in document)
        {
            if (Language.StemOf(id) is { } stem) sum += sign * scoreOf.GetValueOrDefault(stem);
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

    protected override IEnumerable<Document> Documents(int seed) =>
        base.Documents(seed).Where(d => ScoreOf(d.Ids) != 0);
}
