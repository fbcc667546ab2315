using FsCheck.Xunit;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Tests.Languages;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

/// <summary>Searches for translations, against all translations written down.</summary>
public class TranslatingTests
{
    private static readonly LinguaPair Tiny = LinguaPair.Preset("tiny", 1);

    private static readonly EncoderDecoder Model = new(new ModelConfig
    {
        Vocabulary = Tiny.Vocabulary, Context = 16, SourceVocabulary = Tiny.Source.Vocabulary, SourceContext = 16,
            Width = 16, Heads = 2, Layers = 1,
    }, new Generator(1));

    private static readonly IReadOnlyList<int[]> Sources =
        [.. Tiny.Sample(40, 3).Select(t => t.Source).Where(s => s.Length <= 12).DistinctBy(s => string.Join(' ', s))
        .Take(6)];

    public static TheoryData<int> Numbers => new(Enumerable.Range(0, 6));

    private static double Log(IConditionalDistribution translator, int[] source, int[] target) =>
        translator.LogProbabilities([new(source, target)])[0].Sum();

    /// <summary>All translations of a source with their exact probabilities.</summary>
    private static List<(int[] Target, double P)> Everything(int[] source)
    {
        var topics = Tiny.Source.Posterior(Latent.Topic, source);
        return [.. new PairEnumeration(Tiny).Translations(source)
            .Select(t => (Tiny.Ids(t.Key), t.Value.Zip(topics, (p, q) => p * q).Sum()))];
    }

    [Theory, MemberData(nameof(Numbers))]
    public void With_beams_enough_the_search_finds_the_most_probable_translation_of_the_exact_language(int number)
    {
        var source = Sources[number];
        var found = new TranslationsOf(Tiny, source).BeamSearch([], 16, beams: 2000, text => Tiny.Ends(source, text));
        Assert.Equal(Everything(source).Max(t => t.P), Math.Exp(Log(Tiny, source, found)), 1e-9);
        Assert.True(Tiny.Ends(source, found));
    }

    [Theory, MemberData(nameof(Numbers))]
    public void Greedy_takes_the_word_with_which_most_translations_go_on_and_stops_at_the_end(int number)
    {
        var source = Sources[number];
        var all = Everything(source);
        var found = new TranslationsOf(Tiny, source)
            .Generate([], 16, 1, Sampling.Greedy, text => Tiny.Ends(source, text));
        for (var t = 0; t < found.Length; t++)
        {
            var likeliest = all.Where(a => a.Target.Length > t && a.Target.AsSpan(0, t)
                .SequenceEqual(found.AsSpan(0, t))).GroupBy(a => a.Target[t]).Select(g => (g.Key, P: g.Sum(a => a.P)))
                .ToList();
            Assert.Equal(likeliest.Max(l => l.P), likeliest.Single(l => l.Key == found[t]).P, 1e-9);
        }
        Assert.Contains(all, a => a.Target.SequenceEqual(found));
        Assert.Equal(found, new TranslationsOf(Tiny, source)
            .BeamSearch([], 16, beams: 1, text => Tiny.Ends(source, text)));
    }

    [Theory, MemberData(nameof(Numbers))]
    public void A_few_beams_find_a_whole_translation_no_worse_than_greedy_in_these_cases(int number)
    {
        var source = Sources[number];
        var (truth, ends) = (new TranslationsOf(Tiny, source),
            (Func<IReadOnlyList<int>, bool>)(text => Tiny.Ends(source, text)));
        var (greedy, search) = (truth.Generate([], 16, 1, Sampling.Greedy, ends), truth.BeamSearch([], 16, 5, ends));
        Assert.Contains(Everything(source), a => a.Target.SequenceEqual(search));
        Assert.True(Log(Tiny, source, search) >= Log(Tiny, source, greedy) - 1e-9);
    }

    /// <summary>Word 1 ends a text: all texts of up to three words that end with it, and those of three words that are
    /// cut.</summary>
    [Property(MaxTest = 30)]
    public bool Finished_and_unfinished_texts_compete_by_their_whole_probability(byte seed)
    {
        using var model = new EncoderDecoder(new ModelConfig { Vocabulary = 4, Context = 4, SourceVocabulary = 3,
            SourceContext = 2, Width = 8, Layers = 1, Heads = 2 }, new Generator(seed));
        // ends early, late or never
        using (no_grad()) model.Head.Module.parameters().First(p => p.dim() == 1)[1] += seed % 5 - 2;
        int[] source = [1, 2];
        IEnumerable<int[]> Longer(int[] text) => text.Length == 3 || text is [.., 1] ? [text] : Enumerable.Range(0, 4)
            .SelectMany(w => Longer([.. text, w]));
        var best = Longer([]).Max(text => Log(model, source, text));
        var found = new TranslationsOf(model, source).BeamSearch([], 3, 64, text => text is [.., 1]);
        return Math.Abs(Log(model, source, found) - best) < 1e-5 && (found.Length == 3 || found[^1] == 1);
    }

    [Fact]
    public void A_translators_greedy_words_are_its_likeliest_and_it_stops_where_it_is_cut()
    {
        var source = Sources[0];
        var found = new TranslationsOf(Model, source).Generate([], 9, 1, Sampling.Greedy);
        Assert.Equal(9, found.Length);
        for (var t = 0; t < 9; t++)
            Assert.Equal(Model.Next(source, found[..t]).Max(), Model.Next(source, found[..t])[found[t]]);
        Assert.Equal(found, new TranslationsOf(Model, source).BeamSearch([], 9, 1));
    }

    [Fact]
    public void A_text_that_is_at_its_end_is_not_continued()
    {
        var (source, target) = Tiny.Sample(1, 1)[0];
        bool Ends(IReadOnlyList<int> text) => Tiny.Ends(source, text);
        Assert.Equal(target, new TranslationsOf(Tiny, source).Generate(target, 5, 1, Sampling.Greedy, Ends));
        Assert.Equal(target, new TranslationsOf(Tiny, source).BeamSearch(target, 5, 3, Ends));
        Assert.False(Ends(target[..^1]));
    }
}
