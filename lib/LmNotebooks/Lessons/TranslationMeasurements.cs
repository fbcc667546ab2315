using System.Runtime.CompilerServices;
using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Tokens;

namespace LmNotebooks.Lessons;

/// <summary>What the experiments of the course measure of translators between three languages: how far they are on
/// their way, and what they write, the most probable word at each step.</summary>
internal static class TranslationMeasurements
{
    private const int Texts = 200, BlindTexts = 1000, TestSeed = 0, BlindSeed = 1;

    /// <summary>What models have written, while they are measured.</summary>
    private static readonly ConditionalWeakTable<IDistribution, IReadOnlyList<int[]>> Written = [];

    /// <summary>How far a direction has got on the way from the unigram model, 0, to the exact truth, 1, in
    /// nats.</summary>
    public static Measurement OfWay(Direction direction) => new($"way of {direction}", (truth, model, data) =>
    {
        var languages = (JointLanguages)truth!;
        if (direction != ThreeLanguages.Goal)
            data = data with { Test = Corpus.OfTranslations(languages.Sample(direction, Texts, TestSeed), 0) };
        var blind = NgramModel.Fit(1, data.Vocabulary, languages.Sample(direction.Into, BlindTexts, BlindSeed));
        var (worst, best) = (data.Loss(blind), data.Loss(languages));
        return (worst - data.Loss(direction == ThreeLanguages.Goal ? model : Itself(model))) / (worst - best);
    });

    /// <summary>Share of the texts written that are whole translations.</summary>
    public static Measurement OfRight { get; } = OfWritten("right translations", (languages, right, written) =>
        IsRight(languages, right.Source, written) ? 1 : 0);

    /// <summary>Share of the words that are right, in the mean over texts.</summary>
    public static Measurement OfWords { get; } = OfWritten("right words", RightWords);

    /// <summary>Share of the words written that are words of C, in the mean over texts.</summary>
    public static Measurement OfLanguage { get; } = OfWritten("words of C", (languages, _, written) =>
        written.Average(id => languages.WordOf(id)?.Language == Language.C ? 1.0 : 0));

    /// <summary>Whether the exact truth thinks a translation possible, from the first word to the last.</summary>
    internal static bool IsRight(JointLanguages languages, int[] source, int[] written) =>
        languages.Ends(written) && double.IsFinite(languages.LogProbabilities([new(source, written)])[0].Sum());

    /// <summary>Share of the words, written and right ones together, that have one of the same meaning on the other
    /// side, wherever it stands (Dice's coefficient).</summary>
    internal static double RightWords(JointLanguages languages, Example right, int[] written)
    {
        var left = Meanings(languages, right.Target);
        var common = Meanings(languages, written).Count(left.Remove);
        return 2.0 * common / (right.Target.Length + written.Length);
    }

    private static Measurement OfWritten(string name, Func<JointLanguages, Example, int[], double> of) =>
        new(name, (truth, model, data) =>
        {
            var languages = (JointLanguages)truth!;
            var written = Written.GetValue(model, _ => Write(languages, model, data));
            return data.Test.Examples.Zip(written, (right, text) => of(languages, right, text)).Average();
        });

    private static IReadOnlyList<int[]> Write(JointLanguages languages, IDistribution model, Dataset data)
    {
        var sources = data.Test.Sources!.AsEnumerable();
        if (model is OtherSources other) sources = sources.Select(other.Of);
        return ((EncoderDecoder)Itself(model)).Greedy([.. sources], languages.Ends);
    }

    /// <summary>What translates, whatever it is given.</summary>
    private static IDistribution Itself(IDistribution model) => model is OtherSources other ? other.Translator : model;

    private static List<Word> Meanings(JointLanguages languages, IEnumerable<int> text) =>
    [
        .. text.Select(languages.WordOf).Where(word => word?.Language == Language.C)
            .Select(word => languages.Third.WordOf(word!.Value.Word)?.Source).OfType<Word>(),
    ];
}
