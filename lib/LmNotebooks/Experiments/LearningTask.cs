using LmNotebooks.Languages;
using LmNotebooks.Tokens;
using MathNet.Numerics.Random;

namespace LmNotebooks.Experiments;

/// <summary>Something that can be learned of the texts of a language: to answer a question about them, to tag their
/// words, to translate them.</summary>
/// <param name="Name">Names its data, and the head that answers, too.</param>
public abstract record LearningTask(string Name)
{
    /// <summary>Examples to learn from, as a multiple of <see cref="Scale.Labels"/>.</summary>
    public double Examples { get; init; } = 1;

    /// <summary>Tasks of one stream are about the same texts, as far as a question can be asked of each; those of
    /// others are about other texts.</summary>
    public int Stream { get; init; } = 1;

    /// <summary>Whether the answers to learn from are dealt out anew among the texts, so that there is nothing to be
    /// learned of them. The test is as it was.</summary>
    public bool Permuted { get; init; }

    /// <summary>Truth and data of a language.</summary>
    /// <param name="pair">What its texts can be translated by; null where nothing can.</param>
    internal (IConditionalDistribution Truth, Dataset Data) Draw(Lingua language, LinguaPair? pair, Scale scale,
        int seed)
    {
        var source = Of(language, pair, seed);
        var examples = source.Draw((int)(Examples * scale.Labels), Seeds.Mix(seed, Stream));
        var test = source.Draw(scale.TestDocuments, Seeds.Mix(seed, 0));
        if (Permuted) examples = Dealt(examples, new Xoshiro256StarStar(Seeds.Mix(seed, Stream, 1), false));
        Corpus Rows(IReadOnlyList<Example> some) => source.OneWord ? Corpus.OfAnswers(some, 0)
            : Corpus.OfTranslations(some, 0);
        var right = string.Concat(examples.Concat(test).SelectMany(e => e.Target.Prepend(-1)));
        var data = new Dataset(Name, Dataset.Hashed($"{language.Hash} {this} {scale.Labels} {seed} {right}"),
            source.Truth.Vocabulary, 0, Rows(examples), Rows(test))
        {
            SourceVocabulary = language.Vocabulary, Question = source.Head,
        };
        return (source.Truth, data);
    }

    /// <summary>Where examples come from.</summary>
    /// <param name="Draw">So many examples of a seed.</param>
    /// <param name="Head">Name of the head that answers; null where it is the decoder that does.</param>
    /// <param name="OneWord">Whether an answer is one for a text.</param>
    private protected sealed record Source(IConditionalDistribution Truth, Func<int, int, IReadOnlyList<Example>> Draw,
        string? Head, bool OneWord);

    private protected abstract Source Of(Lingua language, LinguaPair? pair, int seed);

    /// <summary>The words of all answers, dealt out anew: an answer has as many as before.</summary>
    private static IReadOnlyList<Example> Dealt(IReadOnlyList<Example> examples, Random random)
    {
        int[] words = [.. examples.SelectMany(e => e.Target)];
        random.Shuffle(words);
        var left = new Queue<int>(words);
        return [.. examples.Select(e => e with { Target = [.. e.Target.Select(_ => left.Dequeue())] })];
    }

    /// <summary>All that decides what is drawn.</summary>
    public sealed override string ToString() => FormattableString.Invariant(
        $"{Name} x {Examples}{(Permuted ? " permuted" : "")} stream {Stream}{Detail}");

    private protected virtual string Detail => "";
}
