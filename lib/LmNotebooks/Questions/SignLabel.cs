using LmNotebooks.Languages;
using MathNet.Numerics.LinearAlgebra;

namespace LmNotebooks.Questions;

/// <summary>The sign of a document's score as the question about it, where every valenced stem has a score and all
/// words weigh the same. How far scores agree with the valence that the distribution of the words shows decides what a
/// model of the text can know of them before it sees a label.</summary>
public sealed class SignLabel : ScoredLabel
{
    private readonly ScoreSpace space;
    private readonly Vector<double> scores;
    private readonly IReadOnlyDictionary<Stem, double> scoreOf;
    private IReadOnlyList<int>? topics;      // of the documents that are asked about; null for all

    private SignLabel(string name, Lingua language, ScoreSpace space, Vector<double> scores)
        : base(name, language) =>
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
        return new SignLabel("another sign", Language, space, mixed) { topics = topics };
    }

    /// <summary>Score of every valenced stem.</summary>
    public IReadOnlyDictionary<Stem, double> Scores => scoreOf;

    /// <summary>Share of the scores, weighted by frequency and size, whose sign is that of the stem's
    /// valence.</summary>
    public double Agreement => space.Agreement(scores);

    /// <summary>Frequency-weighted correlation of the scores of two questions about one language.</summary>
    public double CorrelationWith(SignLabel other) => space.Correlation(scores, other.scores);

    /// <summary>The same question, asked about the documents of some topics alone.</summary>
    /// <exception cref="ArgumentException">The language has no such topic, or none is given.</exception>
    public SignLabel About(params IReadOnlyList<int> topics)
    {
        var all = Language.Knobs.Topics;
        if (topics.Count == 0 || topics.Any(t => t < 0 || t >= all))
            throw new ArgumentException(
                $"The topics are {string.Join(", ", topics)}: this language has 0 to {all - 1}, "
                + "and one is needed at least.");
        return new($"sign, topics {string.Join(", ", topics)}", Language, space, scores) { topics = topics };
    }

    protected override double ScoreOf(Stem stem) => scoreOf.GetValueOrDefault(stem);

    protected override IEnumerable<Document> Documents(int seed) =>
        base.Documents(seed).Where(d => topics is null || topics.Contains(d.Sentences[0].Latents.Topic));
}
