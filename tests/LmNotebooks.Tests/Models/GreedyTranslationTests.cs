using LmNotebooks.Languages;
using LmNotebooks.Models;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

public class GreedyTranslationTests
{
    /// <summary>More than are read at once.</summary>
    private static readonly IReadOnlyList<int[]> Sources = [.. Small.Translations(70, 5).Select(e => e.Source)];

    private static bool AfterThree(IReadOnlyList<int> text) => text.Count >= 3;

    [Fact]
    public void Many_texts_at_once_are_translated_as_each_alone_word_by_word()
    {
        using var generator = new Generator(1);
        using var translator = new EncoderDecoder(Small.Translator, generator);
        var written = translator.Greedy(Sources, AfterThree);
        var alone = Sources.Select(source => new TranslationsOf(translator, source).Generate([], 10, 1, Sampling.Greedy,
            AfterThree));
        Assert.Equal(alone, written);
    }

    [Fact]
    public void A_translation_ends_where_it_is_at_its_end_or_as_long_as_the_model_reads()
    {
        using var generator = new Generator(1);
        using var translator = new EncoderDecoder(Small.Translator, generator);
        var whole = translator.Greedy(Sources, _ => false);
        Assert.All(whole, text => Assert.Equal(translator.Context, text.Length));
        var word = whole[0][4];
        Assert.Equal(whole.Select(text => text.Contains(word) ? text[..(text.IndexOf(word) + 1)] : text),
            translator.Greedy(Sources, text => text.Contains(word)));
        Assert.All(translator.Greedy(Sources, _ => true), Assert.Empty);
    }

    [Fact]
    public void A_source_that_is_too_long_is_refused() => Assert.Throws<ArgumentException>(() =>
    {
        using var generator = new Generator(1);
        using var translator = new EncoderDecoder(Small.Translator, generator);
        translator.Greedy([new int[Small.Translator.SourceContext + 1]], AfterThree);
    });
}
