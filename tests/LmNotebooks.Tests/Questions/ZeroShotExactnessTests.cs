using LmNotebooks.Tests.Languages;
using LmNotebooks.Languages;
using LmNotebooks.Questions;

namespace LmNotebooks.Tests.Questions;

/// <summary>Definitions, prompts and new words, against the enumeration of a language of two sentences.</summary>
public class ZeroShotExactnessTests
{
    private static readonly LinguaKnobs Knobs = LinguaKnobs.Preset("tiny") with
    {
        Sentences = 2, Nouns = 3, HeldOutNouns = 2, Adjectives = 4, Derived = 1, HeldOutDerived = 1,
        Definition = 0.2, Prompt = 0.15, Negation = 0, Depth = 0, Adverb = 0, Intransitive = 1, Plural = 0,
    };

    private static readonly Dictionary<int, Lingua> Languages =
        new[] { 0, 1, 2 }.ToDictionary(l => l, l => new Lingua(1, Knobs with { Leakage = l, Adjective = 0 }));

    private static readonly Dictionary<int, Dictionary<string, Dictionary<Latents, double>>> Joints =
        Languages.ToDictionary(l => l.Key, l => Joint(l.Value));

    /// <summary>P(document, latents of its last sentence) of all documents.</summary>
    private static Dictionary<string, Dictionary<Latents, double>> Joint(Lingua language)
    {
        var all = Enumeration.AllLatents(language.Knobs).ToArray();
        var enumeration = new Enumeration(language);
        var sentences = all.ToDictionary(z => z, z => enumeration.Sentences(z).Where(s => s.P > 0).ToArray());
        var joint = new Dictionary<string, Dictionary<Latents, double>>();
        foreach (var first in all)
            foreach (var last in all.Where(z => z.Topic == first.Topic && z.Register == first.Register))
                foreach (var (a, pa) in sentences[first])
                    foreach (var (b, pb) in sentences[last])
                    {
                        if (!joint.TryGetValue($"{a} {b}", out var byLast)) joint[$"{a} {b}"] = byLast = [];
                        var carried = last.Polarity == first.Polarity ? 0.9 : 0.1;
                        var p = carried * pa * pb / language.Knobs.Intents / all.Length;
                        byLast[last] = byLast.GetValueOrDefault(last) + p;
                    }
        return joint;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Probabilities_of_all_documents_are_those_of_the_enumeration_and_sum_to_one(int leakage)
    {
        var (language, joint) = (Languages[leakage], Joints[leakage]);
        Assert.Equal(1, joint.Values.Sum(d => d.Values.Sum()), 1e-9);
        var logs = language.LogProbabilities([.. joint.Keys.Select(language.Ids)]);
        Assert.All(joint.Values.Zip(logs), d => Assert.Equal(Math.Log(d.First.Values.Sum()), d.Second.Sum(), 1e-9));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_posterior_is_that_of_Bayes_rule_where_a_prompt_says_it_too(int leakage)
    {
        var (language, joint) = (Languages[leakage], Joints[leakage]);
        foreach (var which in Enum.GetValues<Latent>())
        {
            var labelling = new LatentLabel(language, which);
            Assert.All(joint, d => Assert.All(labelling.Posterior(language.Ids(d.Key)).Index(), p =>
                Assert.Equal(Share(d.Value, z => z.Value(which) == p.Index, _ => true), p.Item, 1e-9)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_question_by_prompt_has_the_posterior_of_the_documents_that_are_asked_about(int leakage)
    {
        var (language, joint) = (Languages[leakage], Joints[leakage]);
        foreach (var which in new[] { Latent.Topic, Latent.Polarity })
        {
            var question = new PromptedLabel(language, which);
            var reader = new PromptReader(language, question);
            foreach (var example in question.Sample(200, 1))
            {
                var byLast = joint[language.Text(example.Source)];
                var posterior = question.Posterior(example.Source);
                Assert.All(posterior.Index(), p => Assert.Equal(
                    Share(byLast, z => z.Value(which) == p.Index, z => leakage != 1 || z.Topic >= 1), p.Item, 1e-9));
                if (leakage == 0) continue;
                var read = reader.Next(example.Source, []);
                Assert.All(read.Index(), p => Assert.Equal(
                    Share(byLast, z => z.Value(which) == p.Index, z => leakage != 1 || z.Topic < 1), p.Item, 1e-9));
                var answers = read.Select((_, answer) => example with { Target = [answer] });
                var logs = reader.LogProbabilities([.. answers]);
                Assert.All(read.Zip(logs), p => Assert.Equal(Math.Log(p.First), p.Second.Single(), 1e-9));
            }
        }
    }

    private static double Share(
        Dictionary<Latents, double> byLast, Func<Latents, bool> which, Func<Latents, bool> among)
    {
        var all = byLast.Where(z => among(z.Key)).ToList();
        return all.Where(z => which(z.Key)).Sum(z => z.Value) / all.Sum(z => z.Value);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Drawn_documents_come_as_often_as_their_probability_says(int leakage)
    {
        const int draws = 20_000;
        var language = Languages[leakage];
        var drawn = language.Sample(draws, seed: 7).CountBy(d => language.Text(d.Ids)).ToDictionary();
        Assert.All(drawn.Keys, text => Assert.True(Joints[leakage].ContainsKey(text), text));
        var exact = Joints[leakage].Select(d => (d.Key, P: d.Value.Values.Sum()));
        foreach (var (text, p) in exact.OrderByDescending(d => d.P).Take(40))
            Assert.Equal(draws * p, drawn.GetValueOrDefault(text), 5 * Math.Sqrt(draws * p));
    }

    [Fact]
    public void A_revealed_language_says_its_new_words_as_often_as_the_enumeration_of_what_they_mean()
    {
        var language = new Lingua(1, Knobs with { Sentences = 1, Leakage = 2 });
        var revealed = language.Reveal([.. language.HeldOut]);
        Assert.Empty(revealed.HeldOut);
        Assert.Equal(language.Words, revealed.Words);
        Assert.NotEqual(language.Hash, revealed.Hash);
        foreach (var which in new[] { language, revealed })
        {
            var all = Enumeration.AllLatents(which.Knobs).ToArray();
            var exact = all.SelectMany(new Enumeration(which).Sentences).GroupBy(s => s.Text, s => s.P / all.Length)
                .ToDictionary(s => s.Key, s => s.Sum());
            Assert.Equal(1, exact.Values.Sum(), 1e-9);
            var logs = which.LogProbabilities([.. exact.Keys.Select(which.Ids)]);
            Assert.All(exact.Values.Zip(logs), d => Assert.Equal(Math.Log(d.First), d.Second.Sum(), 1e-9));
        }
        var text = string.Join(' ', revealed.Sample(300, 1).Select(d => revealed.Text(d.Ids)));
        Assert.All(language.HeldOut, stem => Assert.Contains($" {stem.Form}", text));
        var said = language.Sample(300, 1).SelectMany(d => d.Ids).Select(language.StemOf).OfType<Stem>();
        Assert.DoesNotContain(said, language.HeldOut.Contains);
    }

    [Fact]
    public void What_is_known_of_a_new_noun_before_any_text_is_what_is_left_of_the_deal()
    {
        var language = new Lingua(1, Knobs);
        var nouns = language.Stems.Where(s => s.Slot == Slot.Noun).ToList();
        var word = new NewWord(language, nouns[3]);
        var prior = word.Posterior();
        Check(i => i % 2, s => s.Topic);
        Check(i => i % 2 == 0 ? 1 : -1, s => s.Valence);
        Check(i => i % 2 == 0 ? 1 : -1, s => s.Register);
        Check(i => i % 2, s => s.Class);
        Assert.Equal(1, prior.Sum(), 1e-12);

        // Whoever takes the attributes for independent of those of the known nouns guesses worse.
        var meanings = word.Meanings.ToList();
        double Known(Stem s) => prior[meanings.IndexOf(s with { Form = nouns[3].Form })];
        double Independent(Stem s) =>
            Attributes.Aggregate(1.0, (p, of) => p * nouns.Count(n => of(n) == of(s)) / nouns.Count);
        Assert.True(nouns.Skip(3).Sum(s => Math.Log(Known(s))) > nouns.Skip(3).Sum(s => Math.Log(Independent(s))));

        void Check(Func<int, int> law, Func<Stem, int> attribute)
        {
            var deals = Permutations([.. Enumerable.Range(0, nouns.Count).Select(law)])
                .Where(deal => deal.Take(3).SequenceEqual(nouns.Take(3).Select(attribute))).ToList();
            foreach (var value in deals.Select(deal => deal[3]).Distinct())
                Assert.Equal(deals.Average(deal => deal[3] == value ? 1.0 : 0),
                    word.Meanings.Zip(prior).Where(m => attribute(m.First) == value).Sum(m => m.Second), 1e-12);
        }
    }

    private static readonly Func<Stem, int>[] Attributes =
        [s => s.Topic, s => s.Valence, s => s.Register, s => s.Class];

    private static IEnumerable<int[]> Permutations(int[] values) => values.Length == 0 ? [[]] :
        from i in Enumerable.Range(0, values.Length)
        from rest in Permutations([.. values[..i], .. values[(i + 1)..]])
        select (int[])[values[i], .. rest];

    [Fact]
    public void Texts_with_a_new_noun_say_what_it_means_by_Bayes_rule()
    {
        var language = new Lingua(2, Knobs with { Sentences = 1 });
        var stem = language.HeldOut.First(s => s.Slot == Slot.Noun);
        var word = new NewWord(language, stem);
        Assert.InRange(word.Meanings.Count, 2, 16);
        var revealed = language.Reveal(stem);
        var texts = revealed.Sample(400, 1).Select(d => revealed.Text(d.Ids))
            .Where(t => t.Contains(stem.Form) && !t.StartsWith("a ")).Distinct().Take(3).ToList();
        var all = Enumeration.AllLatents(language.Knobs).ToArray();
        double[] Exact(Stem meaning)
        {
            var enumeration = new Enumeration(language.Reveal(meaning));
            var sentences = all.SelectMany(enumeration.Sentences).ToLookup(s => s.Text, s => s.P);
            return [.. texts.Select(text => sentences[text].Sum() / all.Length)];
        }

        var joint = word.Posterior().Zip(word.Meanings.Select(Exact), (p, of) =>
            (First: p * of[0] * of[1], All: p * of[0] * of[1] * of[2])).ToList();
        int[][] first = [.. texts.Take(2).Select(language.Ids)];
        var sum = joint.Sum(j => j.First);
        Assert.All(joint.Zip(word.Posterior(first)), p => Assert.Equal(p.First.First / sum, p.Second, 1e-9));
        var after = word.After(first);
        var third = language.Ids(texts[2]);
        var logs = after.LogProbabilities([third])[0];
        Assert.Equal(Math.Log(joint.Sum(j => j.All) / sum), logs.Sum(), 1e-9);
        Assert.All(third.Index(), t =>
            Assert.Equal(logs[t.Index], Math.Log(after.Next(third[..t.Index])[t.Item]), 1e-9));
        Assert.Equal(1, after.Next(third[..2]).Sum(), 1e-9);
    }

    [Fact]
    public void A_definition_leaves_no_doubt()
    {
        var language = new Lingua(1, Knobs);
        Assert.All(language.HeldOut.Where(s => s.Slot == Slot.Noun), stem =>
        {
            var definition = language.Definition(stem);
            Assert.Equal(Enumeration.Definition(stem), language.Text(definition));
            var word = new NewWord(language, stem);
            Assert.Equal(stem, word.Meanings[Array.FindIndex(word.Posterior(definition), p => p > 1 - 1e-12)]);
        });
        var opposite = new NewWord(language, language.HeldOut.Single(s => s.Slot == Slot.Adjective));
        Assert.Equal([1.0], opposite.Posterior());
    }
}
