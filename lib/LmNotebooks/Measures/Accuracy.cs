using LmNotebooks.Languages;

namespace LmNotebooks.Measures;

/// <summary>How often a reader's most probable answer is the right one. Of the truth it is Bayes' accuracy, which
/// nobody exceeds.</summary>
public static class Accuracy
{
    /// <summary>Share of right answers, with its standard error over examples; where m answers are equally probable,
    /// the right one among them counts 1/m.</summary>
    /// <param name="examples">Documents with their answers. A target may have several words where none depends on the
    /// others: a tag a word, say, but no translation.</param>
    public static Estimate Of(IConditionalDistribution reader, IReadOnlyList<Example> examples)
    {
        double[][][] logs = [.. Enumerable.Range(0, reader.Vocabulary).Select(answer => reader.LogProbabilities(
            [.. examples.Select(e => e with { Target = [.. e.Target.Select(_ => answer)] })]).ToArray())];
        double Hits(Example e, int n) =>
            e.Target.Select((right, t) => Hit([.. logs.Select(of => of[n][t])], right)).Sum();
        return Estimate.OfRatio([.. examples.Select((e, n) => (Hits(e, n), (double)e.Target.Length))]);
    }

    private static double Hit(double[] logs, int right)
    {
        var most = logs.Max();
        return logs[right] == most ? 1.0 / logs.Count(log => log == most) : 0;
    }
}
