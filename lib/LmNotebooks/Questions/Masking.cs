using LmNotebooks.Languages;

namespace LmNotebooks.Questions;

/// <summary>How masked language modelling spoils a document (BERT, Devlin et al. 2019). Each position is selected with
/// the same probability, whatever becomes of the others. A selected word is hidden, or gives way to a random one, or
/// stays; all other words stay. The spoilt text does not tell a word that was selected and stayed from one that was
/// not selected.</summary>
public sealed record Masking
{
    /// <summary>The id that stands for a hidden word: "&lt;unk>", which no document has.</summary>
    public const int Hole = 1;

    /// <summary>Probability that a position is selected, above 0.</summary>
    public double Rate { get; init; } = 0.15;

    /// <summary>Share of selected words that are hidden.</summary>
    public double Hidden { get; init; } = 0.8;

    /// <summary>Share of selected words that give way to one of all V ids, each as likely as the others; the word
    /// itself and the hole are among them. The rest stay.</summary>
    public double Random { get; init; } = 0.1;

    /// <summary>Spoils a document.</summary>
    /// <param name="vocabulary">Number of ids, V.</param>
    /// <exception cref="ArgumentException">The rate or the shares are no probabilities.</exception>
    public Masked Draw(IReadOnlyList<int> document, int vocabulary, Random random)
    {
        Check();
        var (seen, selected) = (document.ToArray(), new List<int>());
        for (var t = 0; t < seen.Length; t++)
        {
            if (random.NextDouble() >= Rate) continue;
            selected.Add(t);
            var fate = random.NextDouble();
            if (fate < Hidden) seen[t] = Hole;
            else if (fate < Hidden + Random) seen[t] = random.Next(vocabulary);
        }
        return new Masked([.. document], seen, [.. selected]);
    }

    /// <summary>P(seen | x, selected) = hidden [seen = hole] + random / V + (1 - hidden - random) [seen = x].</summary>
    internal Evidence OfSelected(int seen, int vocabulary) =>
        new(seen, 1 - (Hidden + Random), (seen == Hole ? Hidden : 0) + Random / vocabulary);

    /// <summary>P(seen | x) at a position of which it is not known whether it was selected:
    /// (1 - rate) [seen = x] + rate P(seen | x, selected).</summary>
    internal Evidence OfAny(int seen, int vocabulary)
    {
        var selected = OfSelected(seen, vocabulary);
        return new(seen, 1 - Rate + Rate * selected.Same, Rate * selected.Any);
    }

    internal void Check()
    {
        LinguaKnobs.Within(nameof(Rate), Rate, double.Epsilon, 1);
        LinguaKnobs.Within(nameof(Hidden), Hidden, 0, 1);
        LinguaKnobs.Within(nameof(Random), Random, 0, 1);
        LinguaKnobs.Within("Hidden + Random", Hidden + Random, 0, 1);
    }
}
