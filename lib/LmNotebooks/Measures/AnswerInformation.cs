using LmNotebooks.Languages;

namespace LmNotebooks.Measures;

/// <summary>How much a reader's answers depend on the text, without knowing any right answer: by it one of several
/// prompts can be chosen (Sorensen et al. 2022).</summary>
public static class AnswerInformation
{
    /// <summary>The mutual information of text and answer, in nats: the entropy of the mean answer less the mean
    /// entropy of the answers. From 0, where all texts have one answer, to ln K, where the reader is sure of each and
    /// all K answers are as frequent.</summary>
    /// <param name="texts">One or more.</param>
    public static double Of(IConditionalDistribution reader, IReadOnlyList<int[]> texts)
    {
        var answers = texts.Select(text => reader.Next(text, [])).ToList();
        var mean = Enumerable.Range(0, reader.Vocabulary).Select(k => answers.Average(of => of[k]));
        return Entropy(mean) - answers.Average(Entropy);
    }

    private static double Entropy(IEnumerable<double> probabilities) =>
        -probabilities.Where(p => p > 0).Sum(p => p * Math.Log(p));
}
