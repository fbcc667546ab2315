using LmNotebooks.Languages;

namespace LmNotebooks.Tests.Languages;

/// <summary>What the library computes, against the enumeration of a language that is small enough.</summary>
public class LinguaExactnessTests
{
    private static readonly LinguaKnobs Knobs = LinguaKnobs.Preset("tiny") with { Adjectives = 1, Verbs = 2 };
    private static readonly Lingua Language = new(1, Knobs);
    private static readonly Latents[] All = [.. Enumeration.AllLatents(Knobs)];

    /// <summary>All derivations: text, latents, P(text | latents).</summary>
    private static readonly ILookup<string, (Latents Z, double P)> Derivations =
        All.SelectMany(z => new Enumeration(Language).Sentences(z).Select(s => (s.Text, Z: z, s.P))).ToLookup(d => d.Text, d => (d.Z, d.P));

    private static readonly string[] Documents = [.. Derivations.Select(d => d.Key)];
    private static readonly double[] Exact = [.. Derivations.Select(d => d.Sum(x => x.P) / All.Length)];

    [Fact]
    public void There_are_many_documents_and_each_has_one_parse()
    {
        Assert.True(Documents.Length > 5_000, $"only {Documents.Length} documents");
        Assert.All(Derivations, document => Assert.Equal(All.Length, document.Count()));   // one derivation for each value of the latents
    }

    [Fact]
    public void Probabilities_of_all_documents_sum_to_one() => Assert.Equal(1, Exact.Sum(), 1e-9);

    [Fact]
    public void The_log_probability_of_every_document_is_that_of_the_enumeration()
    {
        var logs = Language.LogProbabilities([.. Documents.Select(Language.Ids)]);
        for (var i = 0; i < Documents.Length; i++) Assert.Equal(Math.Log(Exact[i]), logs[i].Sum(), 1e-9);
    }

    [Fact]
    public void The_posterior_is_that_of_Bayes_rule_on_the_enumeration()
    {
        foreach (var prefix in Documents.Where((_, i) => i % 997 == 0).Select(d => string.Join(' ', d.Split(' ')[..^1])))
        {
            var byZ = Derivations.Where(d => d.Key.StartsWith(prefix + " ")).SelectMany(d => d).GroupBy(d => d.Z).ToDictionary(g => g.Key, g => g.Sum(d => d.P));
            foreach (var latent in Enum.GetValues<Latent>())
            {
                var expected = byZ.GroupBy(b => Value(b.Key, latent)).OrderBy(g => g.Key).Select(g => g.Sum(b => b.Value) / byZ.Values.Sum());
                Assert.All(expected.Zip(Language.Posterior(latent, Language.Ids(prefix))), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
            }
        }
    }

    [Fact]
    public void Two_sentences_are_the_enumeration_with_the_polarity_carried_over()
    {
        var language = new Lingua(1, Knobs with { Sentences = 2, Adjective = 0, Negation = 0, Depth = 0, Adverb = 0, Intransitive = 1 });
        var sentences = All.ToDictionary(z => z, z => new Enumeration(language).Sentences(z).ToArray());
        var exact = new Dictionary<string, double>();
        foreach (var first in All)
            foreach (var second in All.Where(z => z.Topic == first.Topic && z.Register == first.Register))
            {
                var p = (second.Polarity == first.Polarity ? 0.9 : 0.1) / Knobs.Intents / All.Length;   // 0.8 carried over, else one of two
                foreach (var (a, pa) in sentences[first])
                    foreach (var (b, pb) in sentences[second])
                        exact[$"{a} {b}"] = exact.GetValueOrDefault($"{a} {b}") + p * pa * pb;
            }
        Assert.Equal(1, exact.Values.Sum(), 1e-9);
        var logs = language.LogProbabilities([.. exact.Keys.Select(language.Ids)]);
        Assert.All(exact.Values.Zip(logs), pair => Assert.Equal(Math.Log(pair.First), pair.Second.Sum(), 1e-9));
    }

    [Fact]
    public void The_Monte_Carlo_entropy_is_that_of_the_enumeration_within_its_error()
    {
        var tokens = Documents.Select(d => (double)d.Split(' ').Length).Zip(Exact, (n, p) => n * p).Sum();
        var exact = -Exact.Sum(p => p * Math.Log(p)) / tokens;
        var estimate = Language.Entropy(0.003);
        Assert.InRange(estimate.Mean, exact - 4 * estimate.StandardError, exact + 4 * estimate.StandardError);
        Assert.True(estimate.StandardError <= 0.003);
    }

    [Fact]
    public void Drawn_documents_come_as_often_as_their_probability_says()
    {
        var drawn = Language.Sample(20_000, seed: 7).CountBy(d => Language.Text(d.Ids)).ToDictionary();
        Assert.All(drawn.Keys, text => Assert.True(Derivations.Contains(text), text));
        foreach (var (text, p) in Documents.Zip(Exact).OrderByDescending(d => d.Second).Take(20))
            Assert.InRange(drawn.GetValueOrDefault(text), 20_000 * p - 5 * Math.Sqrt(20_000 * p), 20_000 * p + 5 * Math.Sqrt(20_000 * p));
    }

    private static int Value(Latents z, Latent which) => which switch
    {
        Latent.Topic => z.Topic, Latent.Polarity => z.Polarity, Latent.Register => z.Register, _ => z.Intent,
    };
}
