using LmNotebooks.Languages;

namespace LmNotebooks.Tests.Languages;

/// <summary>What the library computes, against the enumeration of languages that are small enough.</summary>
public class LinguaExactnessTests
{
    private static readonly LinguaKnobs Tiny = LinguaKnobs.Preset("tiny");

    /// <summary>Every rule of the grammar is used by one of these.</summary>
    public static TheoryData<string> Shapes => new(Languages.Keys);

    private static readonly Dictionary<string, Enumerated> Languages = new()
    {
        ["subject and object with two negated adjectives each"] =
            new(Tiny with { Depth = 0, Adjectives = 1, Nouns = 1 }),
        ["phrases and clauses after the noun"] = new(Tiny with { Intransitive = 1, Adjectives = 1, Nouns = 1 }),
        ["clauses within clauses"] = new(Tiny with { Depth = 3, Adjective = 0, Negation = 0, Prepositional = 0,
            Plural = 0, Intransitive = 1 }),
    };

    /// <summary>A language with all its documents and derivations.</summary>
    private sealed class Enumerated
    {
        public Enumerated(LinguaKnobs knobs)
        {
            Language = new Lingua(1, knobs);
            All = [.. Enumeration.AllLatents(knobs)];
            Derivations = All.SelectMany(z => new Enumeration(Language).Sentences(z).Select(s => (s.Text, Z: z, s.P)))
                .ToLookup(d => d.Text, d => (d.Z, d.P));
            Documents = [.. Derivations.Select(d => d.Key)];
            Exact = [.. Derivations.Select(d => d.Sum(x => x.P) / All.Length)];
        }

        public Lingua Language { get; }
        public Latents[] All { get; }
        public ILookup<string, (Latents Z, double P)> Derivations { get; }
        public string[] Documents { get; }
        public double[] Exact { get; }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void There_are_many_documents_and_each_has_one_parse(string shape)
    {
        var tiny = Languages[shape];
        Assert.InRange(tiny.Documents.Length, 1_000, 200_000);
        // one derivation for each value of the latents
        Assert.All(tiny.Derivations, document => Assert.Equal(tiny.All.Length, document.Count()));
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Probabilities_of_all_documents_sum_to_one(string shape) =>
        Assert.Equal(1, Languages[shape].Exact.Sum(), 1e-9);

    [Theory, MemberData(nameof(Shapes))]
    public void The_log_probability_of_every_document_is_that_of_the_enumeration(string shape)
    {
        var tiny = Languages[shape];
        var logs = tiny.Language.LogProbabilities([.. tiny.Documents.Select(tiny.Language.Ids)]);
        Assert.All(tiny.Exact.Zip(logs), pair => Assert.Equal(Math.Log(pair.First), pair.Second.Sum(), 1e-9));
    }

    [Theory, MemberData(nameof(Shapes))]
    public void The_posterior_is_that_of_Bayes_rule_on_the_enumeration(string shape)
    {
        var tiny = Languages[shape];
        foreach (var prefix in tiny.Documents.Where((_, i) => i % (tiny.Documents.Length / 10) == 0)
            .Select(d => string.Join(' ', d.Split(' ')[..^1])))
        {
            var byZ = tiny.Derivations.Where(d => d.Key.StartsWith(prefix + " ")).SelectMany(d => d).GroupBy(d => d.Z)
                .ToDictionary(g => g.Key, g => g.Sum(d => d.P));
            foreach (var latent in Enum.GetValues<Latent>())
            {
                var expected = byZ.GroupBy(b => Value(b.Key, latent)).OrderBy(g => g.Key)
                    .Select(g => g.Sum(b => b.Value) / byZ.Values.Sum());
                Assert.All(expected.Zip(tiny.Language.Posterior(latent, tiny.Language.Ids(prefix))), pair =>
                    Assert.Equal(pair.First, pair.Second, 1e-9));
            }
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void The_Monte_Carlo_entropy_is_that_of_the_enumeration_within_its_error(string shape)
    {
        var tiny = Languages[shape];
        var tokens = tiny.Documents.Zip(tiny.Exact, (d, p) => d.Split(' ').Length * p).Sum();
        var exact = -tiny.Exact.Sum(p => p * Math.Log(p)) / tokens;
        var estimate = tiny.Language.Entropy(0.004);
        Assert.InRange(estimate.Mean, exact - 4 * estimate.StandardError, exact + 4 * estimate.StandardError);
        Assert.True(estimate.StandardError <= 0.004);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Drawn_documents_come_as_often_as_their_probability_says(string shape)
    {
        var tiny = Languages[shape];
        var drawn = tiny.Language.Sample(20_000, seed: 7).CountBy(d => tiny.Language.Text(d.Ids)).ToDictionary();
        Assert.All(drawn.Keys, text => Assert.True(tiny.Derivations.Contains(text), text));
        foreach (var (text, p) in tiny.Documents.Zip(tiny.Exact).OrderByDescending(d => d.Second).Take(20))
            Assert.InRange(drawn.GetValueOrDefault(text), 20_000 * p - 5 * Math.Sqrt(20_000 * p),
                20_000 * p + 5 * Math.Sqrt(20_000 * p));
    }

    [Fact]
    public void Two_sentences_are_the_enumeration_with_the_polarity_carried_over()
    {
        var language = new Lingua(1, Tiny with { Sentences = 2, Adjective = 0, Negation = 0, Depth = 0, Adverb = 0,
            Intransitive = 1 });
        var all = Enumeration.AllLatents(language.Knobs).ToArray();
        var sentences = all.ToDictionary(z => z, z => new Enumeration(language).Sentences(z).ToArray());
        var exact = new Dictionary<string, double>();
        foreach (var first in all)
            foreach (var second in all.Where(z => z.Topic == first.Topic && z.Register == first.Register))
            {
                // 0.8 carried over, else one of two
                var p = (second.Polarity == first.Polarity ? 0.9 : 0.1) / language.Knobs.Intents / all.Length;
                foreach (var (a, pa) in sentences[first])
                    foreach (var (b, pb) in sentences[second])
                        exact[$"{a} {b}"] = exact.GetValueOrDefault($"{a} {b}") + p * pa * pb;
            }
        Assert.Equal(1, exact.Values.Sum(), 1e-9);
        var logs = language.LogProbabilities([.. exact.Keys.Select(language.Ids)]);
        Assert.All(exact.Values.Zip(logs), pair => Assert.Equal(Math.Log(pair.First), pair.Second.Sum(), 1e-9));
    }

    private static int Value(Latents z, Latent which) => which switch
    {
        Latent.Topic => z.Topic, Latent.Polarity => z.Polarity, Latent.Register => z.Register, _ => z.Intent,
    };
}
