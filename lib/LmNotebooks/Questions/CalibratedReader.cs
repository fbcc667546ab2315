using LmNotebooks.Languages;

namespace LmNotebooks.Questions;

/// <summary>Answers as another reader does, without its liking for some answers whatever the text is: each probability
/// is divided by its mean over texts without labels, and they are made to sum to one again (Zhao et al. 2021, who take
/// texts without content for it, and Holtzman et al. 2021). A reader that does not look at the text then takes all
/// answers for equally likely.</summary>
public sealed class CalibratedReader : IConditionalDistribution
{
    private readonly IConditionalDistribution reader;

    /// <param name="texts">One or more; nobody need know the answers.</param>
    public CalibratedReader(IConditionalDistribution reader, IReadOnlyList<int[]> texts)
    {
        this.reader = reader;
        var answers = texts.Select(text => reader.Next(text, [])).ToList();
        Means = [.. Enumerable.Range(0, reader.Vocabulary).Select(k => answers.Average(of => of[k]))];
    }

    /// <summary>The mean probability of each answer over the texts, as the reader gives it.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <inheritdoc/>
    public int Vocabulary => reader.Vocabulary;

    /// <inheritdoc/>
    public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix)
    {
        double[] scores = [.. reader.Next(source, prefix).Zip(Means, (p, mean) => mean > 0 ? p / mean : 0)];
        var sum = scores.Sum();
        return [.. scores.Select(score => score / sum)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
        [.. examples.Select(e => OneWord.Logs(e.Target, [.. Next(e.Source, []).Select(p => Math.Log(p))]))];
}
