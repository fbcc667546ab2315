using LmNotebooks.Languages;

namespace LmNotebooks.Tests.Languages;

/// <summary>What the library says about translations, against the enumeration of all of them.</summary>
public class LinguaPairExactnessTests
{
    private static readonly PairKnobs Tiny = PairKnobs.Preset("tiny");

    /// <summary>Every rule of the grammar is used by one of these.</summary>
    public static TheoryData<string> Shapes => new(Pairs.Keys);

    private static readonly Dictionary<string, LinguaPair> Pairs = new()
    {
        ["subject and object with two negated adjectives each"] = Of(Tiny.Source with { Depth = 0 }),
        ["phrases and clauses after the noun"] = Of(Tiny.Source with { Intransitive = 1 }),
        ["clauses within clauses"] = Of(Tiny.Source with { Depth = 3, Adjective = 0, Negation = 0, Plural = 0 }),
        ["two sentences of one topic"] = Of(Tiny.Source with { Depth = 0, Adjective = 0.1, Negation = 0.1,
            Sentences = 2 }),
    };

    private static LinguaPair Of(LinguaKnobs source) => new(1, Tiny with { Source = source });

    [Theory, MemberData(nameof(Shapes))]
    public void Translations_of_a_document_sum_to_one_and_have_the_log_probability_of_the_enumeration(string shape)
    {
        SumToOneAsEnumerated(Pairs[shape], new PairEnumeration(Pairs[shape]));
        var third = Pairs[shape].ToThird();
        SumToOneAsEnumerated(third, new PairEnumeration(third, third: true));
    }

    private static void SumToOneAsEnumerated(LinguaPair pair, PairEnumeration enumeration)
    {
        foreach (var document in Documents(pair))
        {
            var topics = pair.Source.Posterior(Latent.Topic, document);
            var all = enumeration.Translations(document)
                .Select(t => (pair.Ids(t.Key), P: t.Value.Zip(topics, (p, q) => p * q).Sum())).ToList();
            Assert.Equal(1, all.Sum(t => t.P), 1e-9);
            var logs = pair.LogProbabilities([.. all.Select(t => new Example(document, t.Item1))]);
            Assert.All(all.Zip(logs), t => Assert.Equal(Math.Log(t.First.P), t.Second.Sum(), 1e-9));
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void From_the_second_language_to_the_third_it_is_the_sum_over_the_topics_that_both_leave_open(string shape)
    {
        var pair = new TargetPair(Pairs[shape]);
        var (second, third) = (new PairEnumeration(pair.Second), new PairEnumeration(pair.Third, third: true));
        foreach (var document in Documents(pair.Second).Take(12))
        {
            var topics = pair.Second.Source.Posterior(Latent.Topic, document);
            var (allSecond, allThird) = (second.Translations(document), third.Translations(document));
            foreach (var (b, givenTopic) in allSecond.Where((_, i) => i % (allSecond.Count / 5 + 1) == 0))
            {
                var weights = topics.Zip(givenTopic, (p, q) => p * q).ToList();
                var examples = allThird.Keys.Select(c => new Example(pair.Second.Ids(b), pair.Third.Ids(c)));
                var logs = pair.LogProbabilities([.. examples]);
                var mixed = allThird.Values.Select(p => p.Zip(weights, (x, y) => x * y).Sum());
                double[] exact = [.. mixed.Select(p => p / weights.Sum())];
                Assert.Equal(1, exact.Sum(), 1e-9);
                Assert.All(exact.Zip(logs), t => Assert.Equal(Math.Log(t.First), t.Second.Sum(), 1e-9));
            }
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void No_two_documents_have_a_translation_in_common(string shape)
    {
        var enumeration = new PairEnumeration(Pairs[shape]);
        var seen = new HashSet<string>();
        Assert.All(Documents(Pairs[shape]), document =>
            Assert.All(enumeration.Translations(document).Keys, text => Assert.True(seen.Add(text), text)));
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Drawn_translations_come_as_often_as_their_probability_says(string shape)
    {
        const int draws = 40_000;
        var pair = Pairs[shape];
        (string, string) Texts(Example t) => (pair.Source.Text(t.Source), pair.Text(t.Target));
        var drawn = pair.Sample(draws, seed: 7).CountBy(Texts).ToDictionary();
        var likely = pair.Sample(2_000, seed: 8).DistinctBy(Texts).ToList();
        var frequent = likely.Select(t => (Pair: t,
            P: Math.Exp(pair.Source.LogProbabilities([t.Source])[0].Sum() + pair.LogProbabilities([t])[0].Sum())))
            .OrderByDescending(t => t.P).Take(20).ToList();
        Assert.True(frequent[^1].P * draws > 3);
        foreach (var (t, p) in frequent)
            Assert.InRange(drawn.GetValueOrDefault(Texts(t)), draws * p - 5 * Math.Sqrt(draws * p),
                draws * p + 5 * Math.Sqrt(draws * p));
    }

    /// <summary>Different documents, short enough that their translations can be counted.</summary>
    private static IEnumerable<int[]> Documents(LinguaPair pair) =>
        pair.Source.Sample(400, seed: 3).Select(d => d.Ids).Where(d => d.Length <= 14).DistinctBy(pair.Source.Text)
            .Take(60);
}
