using MathNet.Numerics.Random;

namespace LmNotebooks.Languages;

/// <summary>A word form of the target language.</summary>
/// <param name="Source">The word form of the source that it translates.</param>
/// <param name="Sense">Which sense of that: 0 if there is only one; of a homonym 1 for the one in its stem's own topic, 2 for the other.</param>
public sealed record TargetWord(string Text, Word Source, Case Case, int Sense);

/// <summary>The words of the target, and their probabilities: P(word | place, topic) = P(sense | topic) P(synonym | sense).</summary>
internal sealed class TargetLexicon
{
    private const double FirstSynonym = 2.0 / 3;

    private static readonly Dictionary<string, string> FunctionWords = new()
    {
        ["some"] = "aliqui", ["not"] = "haud", ["near"] = "prope", ["with"] = "cum", ["under"] = "infra", ["that"] = "quod", ["."] = ".",
    };

    private static readonly int[] One = [0], Two = [1, 2];

    private readonly List<TargetWord> words = [];
    private readonly List<double[]> probabilities = [];        // [word][topic]
    private readonly Dictionary<Place, List<int>> choices = [];

    /// <summary>What a sense of a stem is called, before inflection.</summary>
    private sealed record Root(Stem Stem, int Sense, string Form, double Share);

    public TargetLexicon(int seed, PairKnobs knobs, Lingua source)
    {
        Random Stream(int number) => new Xoshiro256StarStar(Seeds.Mix(seed, number), threadSafe: false);
        var roots = Roots(knobs, Senses(knobs, source, Stream(4)), Stream(5)).ToLookup(r => r.Stem);
        for (var id = Lexicon.Specials; id < source.Vocabulary; id++)
        {
            var word = source.WordOf(id)!;
            if (source.StemOf(id) is not { } stem)
            {
                if (FunctionWords.TryGetValue(word.Text, out var text)) Add(new TargetWord(text, word, Case.None, 0), [.. Enumerable.Repeat(1.0, knobs.Source.Topics)]);
                continue;
            }
            foreach (var root in roots[stem])
                foreach (var @case in word.Slot == Slot.Noun ? [Case.Nominative, Case.Accusative, Case.Oblique] : new[] { Case.None })
                    Add(new TargetWord(root.Form + Suffixes(word, @case), word, @case, root.Sense),
                        [.. Enumerable.Range(0, knobs.Source.Topics).Select(topic => root.Share * SenseProbability(root, topic, knobs.SenseClarity))]);
        }
        Texts = ["<bos>", "<unk>", .. words.Select(w => w.Text)];
    }

    /// <summary>Texts by id, as in <see cref="Lexicon.Texts"/>.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>The word of an id; null for the two special ones and for what is no id.</summary>
    public TargetWord? WordOf(int id) => words.ElementAtOrDefault(id - Lexicon.Specials);

    /// <summary>Ids of the words that can stand in a place.</summary>
    public IReadOnlyList<int> Choices(Place place) => choices[place];

    /// <summary>P(word | the place that it fits, topic) for all topics.</summary>
    public double[] Probabilities(int id) => probabilities[id - Lexicon.Specials];

    private void Add(TargetWord word, double[] given)
    {
        var place = new Place(word.Source, word.Case);
        if (!choices.TryGetValue(place, out var there)) choices[place] = there = [];
        there.Add(words.Count + Lexicon.Specials);
        words.Add(word);
        probabilities.Add(given);
    }

    /// <summary>The senses of every stem. Adverbs belong to no topic, so none is a homonym.</summary>
    private static IEnumerable<(Stem Stem, int Sense)> Senses(PairKnobs knobs, Lingua source, Random random)
    {
        var stems = source.Stems.ToLookup(s => s.Topic >= 0);
        var count = stems[true].Count();
        var homonyms = Lexicon.Balanced(count, i => i < (int)Math.Round(knobs.Homonyms * count) ? 1 : 0, random);
        return [.. stems[true].Zip(homonyms).SelectMany(p => (p.Second == 1 ? Two : One).Select(sense => (p.First, sense))), .. stems[false].Select(s => (s, 0))];
    }

    private static IEnumerable<Root> Roots(PairKnobs knobs, IEnumerable<(Stem Stem, int Sense)> all, Random random)
    {
        var senses = all.ToList();
        var synonyms = Lexicon.Balanced(senses.Count, i => i < (int)Math.Round(knobs.Synonyms * senses.Count) ? 1 : 0, random);
        var forms = new Queue<string>(Lexicon.Forms(random, senses.Count + synonyms.Sum()));
        string Form() => Lexicon.Vowels[random.Next(Lexicon.Vowels.Length)] + forms.Dequeue();
        foreach (var ((stem, sense), two) in senses.Zip(synonyms))
        {
            yield return new Root(stem, sense, Form(), two == 1 ? FirstSynonym : 1);
            if (two == 1) yield return new Root(stem, sense, Form(), 1 - FirstSynonym);
        }
    }

    private static double SenseProbability(Root root, int topic, double clarity) =>
        root.Sense == 0 ? 1 : root.Sense == 1 == (root.Stem.Topic == topic) ? clarity : 1 - clarity;

    private static string Suffixes(Word word, Case @case) => word.Slot switch
    {
        Slot.Noun => (word.Plural ? "ji" : "") + @case switch { Case.Accusative => "wa", Case.Oblique => "he", _ => "" },
        Slot.Verb => "y" + "aeiouy"[word.Class] + (word.Plural ? "ji" : ""),
        Slot.Adjective => "wo",
        _ => "hu",
    };
}
