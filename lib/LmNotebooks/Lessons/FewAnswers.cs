using LmNotebooks.Experiments;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>What notebook 07 asks, of texts of the reader's own: how often are those right who have few
/// answers?</summary>
public static class FewAnswers
{
    /// <summary>Each arm learns from so many sets of answers, once from each; it is judged by the mean.</summary>
    private const int Sets = 4;

    /// <summary>No token of the reader's own texts is known to turn the next one around.</summary>
    private const int NoNegation = -1;

    /// <summary>Every strategy with every number of answers, and beside them, where there are two labels, a logistic
    /// regression on the tokens of a text. Nothing is tuned: the learning rate is that of the scale.</summary>
    /// <param name="answers">Numbers of labelled texts that one learns from.</param>
    /// <param name="strategies">With the names that they have in tables.</param>
    public static Experiment On(AnsweredTexts texts, IReadOnlyList<int> answers,
        params IReadOnlyList<(string Name, IStrategy Strategy)> strategies) =>
        new("few-answers", "Does a model that has read a text need fewer answers?", texts,
        [
            .. from count in answers
               from arm in strategies.Select(s => (Arm)new FineTuned(s.Name, s.Strategy) { Sets = Sets })
                   .Concat(texts.Labels.Count == 2 ? [new WordCounts("bag of tokens", NoNegation) { Sets = Sets }] : [])
               select arm with
               {
                   Name = $"{arm.Name}, {count} answers", Gallery = true,
                   At = scale => scale with { Labels = Sets * count },
               },
        ], [])
        {
            Measurements = [AnswerMeasurements.OfAccuracy],
        };
}
