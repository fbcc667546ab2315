using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;

namespace LmNotebooks.Tests.Measures;

public class VerbAgreementTests
{
    private static readonly Lingua Base = Lingua.Preset("base", 1), Deep = Lingua.Preset("deep", 1),
        Tiny = Lingua.Preset("tiny", 1);

    [Fact]
    public void The_language_always_agrees() => Assert.All([Base, Deep, Tiny], language =>
    {
        var groups = VerbAgreement.By(language, language, Documents(language, 200), place => place.Attractors);
        Assert.True(groups.Count > 1);
        Assert.All(groups, group => Assert.Equal(new Interval(1, 1, 1), group.Value));
        Assert.Equal(1, VerbAgreement.Of(language, language, place => place.Attractors == 1));
    });

    /// <summary>Two classes and two numbers make four forms, of which one agrees; six classes without number make
    /// six.</summary>
    [Fact]
    public void A_model_without_preferences_is_at_chance()
    {
        Assert.Equal((1 / 4.0, 1 / 6.0), (VerbAgreement.Chance(Base), VerbAgreement.Chance(Deep)));
        Assert.All([Base, Deep], language =>
        {
            var uniform = new Model(language, (_, _) => true);
            Assert.All(VerbAgreement.By(language, uniform, Documents(language, 100), place => place.Depth),
                group => Assert.All(new[] { group.Value.Low, group.Value.Value, group.Value.High },
                    share => Assert.Equal(VerbAgreement.Chance(language), share, 1e-12)));
            Assert.Equal(VerbAgreement.Chance(language),
                VerbAgreement.Of(language, uniform, place => place.Depth == 1), 1e-12);
        });
    }

    [Fact]
    public void A_model_that_expects_no_verb_is_at_chance() =>
        Assert.Equal(1 / 4.0, VerbAgreement.Of(Base, new Model(Base, (_, word) => word.Slot != Slot.Verb), place =>
            place.Attractors == 0));

    /// <summary>At most two nouns lie between in this language: where both are attractors, the last one always
    /// misleads.</summary>
    [Fact]
    public void A_model_that_takes_the_last_noun_for_the_subject_is_right_without_attractors_and_wrong_where_all_nouns_are()
    {
        var last = new Model(Base, (read, word) => read.Last(w => w.Slot == Slot.Noun) is var noun
            && (word.Class, word.Plural) == (noun.Class, noun.Plural));
        var groups = VerbAgreement.By(Base, last, Documents(Base, 800), place => place.Attractors);
        Assert.Equal([0, 1, 2], groups.Select(g => g.Key));
        Assert.Equal((1.0, 0.0), (groups[0].Value.Value, groups[2].Value.Value));
        Assert.InRange(groups[1].Value.Value, 0.001, 0.5);
        Assert.Equal((1.0, 0.0), (VerbAgreement.Of(Base, last, p => p.Attractors == 0),
            VerbAgreement.Of(Base, last, p => p.Attractors == 2)));
    }

    [Fact]
    public void The_share_is_that_of_each_form_tried_in_the_place_of_the_verb()
    {
        var documents = Documents(Tiny, 150);
        var trigram = NgramModel.Fit(3, Tiny.Vocabulary, Documents(Tiny, 30));
        var verbs = Enumerable.Range(2, Tiny.Vocabulary - 2).Where(id => Tiny.WordOf(id)!.Slot == Slot.Verb).ToList();
        var shares = documents.SelectMany(document => Tiny.Places(document).Index()
            .Where(p => p.Item.Word.Slot == Slot.Verb).Select(p =>
        {
            var tried = trigram.LogProbabilities([.. verbs.Select(verb => (int[])[.. document[..p.Index], verb])])
                .Zip(verbs, (logs, verb) => (P: Math.Exp(logs[^1]), Verb: verb));
            return (p.Item.Attractors, Share: tried.Where(v => Base(v.Verb) == Base(document[p.Index]))
                .Sum(v => v.P) / tried.Sum(v => v.P));
        })).ToLookup(v => v.Attractors, v => v.Share);
        var groups = VerbAgreement.By(Tiny, trigram, documents, place => place.Attractors);
        Assert.Equal([0, 1], groups.Select(g => g.Key));
        Assert.All(groups, group =>
        {
            Assert.Equal(shares[group.Key].Average(), group.Value.Value, 1e-12);
            Assert.Equal(shares[group.Key].Count(), group.Count);
        });
        static (int, bool) Base(int id) => (Tiny.WordOf(id)!.Class, Tiny.WordOf(id)!.Plural);
    }

    [Fact]
    public void A_place_that_no_verb_has_is_refused_in_one_sentence() =>
        Assert.Contains("no verb at such a place",
            Assert.Throws<ArgumentException>(() => VerbAgreement.Of(Tiny, Tiny, place => place.Attractors == 2))
                .Message);

    private static int[][] Documents(Lingua language, int count) => [.. language.Sample(count, 5).Select(d => d.Ids)];

    /// <summary>Expects all words alike that may come after those read.</summary>
    private sealed class Model(Lingua language, Func<IEnumerable<Word>, Word, bool> may) : ISequenceDistribution
    {
        public int Vocabulary => language.Vocabulary;
        public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<int[]> documents) =>
            throw new NotSupportedException();

        public double[] Next(IReadOnlyList<int> prefix)
        {
            var read = prefix.Select(id => language.WordOf(id)!).ToList();
            var next = Enumerable.Range(0, Vocabulary)
                .Select(id => language.WordOf(id) is { } word && may(read, word) ? 1.0 : 0).ToList();
            return [.. next.Select(p => p / next.Sum())];
        }
    }
}
