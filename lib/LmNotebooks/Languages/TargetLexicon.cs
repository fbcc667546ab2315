using MathNet.Numerics.Random;

namespace LmNotebooks.Languages;

/// <summary>The words of the target, and their probabilities: P(word | place, topic) = P(sense | topic) P(synonym |
/// sense).</summary>
internal sealed class TargetLexicon
{
    private static readonly Case[] NoCase = [Case.None], NounCases = [Case.Nominative, Case.Accusative, Case.Oblique];
    private static readonly int[] One = [0], Two = [1, 2];
    private static readonly double[] Alone = [1], Synonyms = [2.0 / 3, 1.0 / 3];

    private readonly TargetLanguage language;
    private readonly double clarity;
    private readonly List<TargetWord> words;
    private readonly ILookup<TargetPlace, int> choices;

    /// <summary>What a sense of a stem is called, before inflection.</summary>
    private sealed record Root(Stem Stem, int Sense, double Share, string Form);

    public TargetLexicon(TargetLanguage language, PairKnobs knobs, Lingua source)
    {
        (this.language, clarity) = (language, knobs.SenseClarity);
        var roots = Roots(source.Seed, knobs, [.. source.Stems]).ToLookup(r => r.Stem);
        words = [.. Enumerable.Range(Lexicon.Specials, source.Vocabulary - Lexicon.Specials)
            .SelectMany(id => source.StemOf(id) is { } stem
            ? roots[stem].SelectMany(root => Inflect(root, source.WordOf(id)!)) : FunctionWord(source.WordOf(id)!))];
        Texts = ["<bos>", "<unk>", .. words.Select(w => w.Text)];
        choices = words.Select((w, i) => (w, id: i + Lexicon.Specials))
            .ToLookup(p => new TargetPlace(p.w.Source, p.w.Case), p => p.id);
    }

    /// <summary>Texts by id, as in <see cref="Lexicon.Texts"/>.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>The word of an id; null for the two special ones and for what is no id.</summary>
    public TargetWord? WordOf(int id) => words.ElementAtOrDefault(id - Lexicon.Specials);

    /// <summary>Ids of the words that can stand in a place.</summary>
    public IEnumerable<int> Choices(TargetPlace place) => choices[place];

    /// <summary>P(word | place, topic).</summary>
    public double Probability(int id, TargetPlace place, int topic) => WordOf(id) is not { } word
        || place != new TargetPlace(word.Source, word.Case) ? 0
        : word.Share * (word.Sense == 0 ? 1 : word.Sense == 1 == (word.Topic == topic) ? clarity : 1 - clarity);

    private IEnumerable<Root> Roots(int seed, PairKnobs knobs, IReadOnlyList<Stem> stems)
    {
        var random = new Xoshiro256StarStar(Seeds.Mix(seed, language.Stream), threadSafe: false);
        char Initial() => language.Initials[random.Next(language.Initials.Length)];
        bool[] Chosen(int count, double share) =>
            [.. Lexicon.Balanced(count, i => i < (int)Math.Round(share * count) ? 1 : 0, random).Select(i => i == 1)];
        // adverbs, which come last, belong to no topic
        var homonyms = Chosen(stems.Count(s => s.Topic >= 0), knobs.Homonyms);
        var senses = stems.SelectMany((stem, i) => (homonyms.ElementAtOrDefault(i) ? Two : One)
            .Select(sense => (Stem: stem, Sense: sense))).ToList();
        var twofold = Chosen(senses.Count, knobs.Synonyms);
        var named = senses.SelectMany((s, i) => (twofold[i] ? Synonyms : Alone)
            .Select(share => (s.Stem, s.Sense, Share: share))).ToList();
        return named.Zip(Lexicon.Forms(random, named.Count),
            (n, form) => new Root(n.Stem, n.Sense, n.Share, Initial() + form));
    }

    private IEnumerable<TargetWord> Inflect(Root root, Word word) => (word.Slot == Slot.Noun ? NounCases : NoCase)
        .Select(@case => new TargetWord(root.Form + Suffixes(word, @case), word, @case, root.Sense, root.Stem.Topic,
            root.Share));

    private IEnumerable<TargetWord> FunctionWord(Word word) =>
        language.FunctionWords.TryGetValue(word.Text, out var text)
            ? [new TargetWord(text, word, Case.None, 0, -1, 1)] : [];

    private string Suffixes(Word word, Case @case)
    {
        var plural = word.Plural ? language.Plural : "";
        var ending = @case switch { Case.Accusative => language.Accusative, Case.Oblique => language.Oblique, _ => "" };
        return word.Slot switch
        {
            Slot.Noun => plural + ending,
            Slot.Verb => language.Verb + "aeiouy"[word.Class] + plural,
            Slot.Adjective => language.Adjective,
            _ => language.Adverb,
        };
    }
}
