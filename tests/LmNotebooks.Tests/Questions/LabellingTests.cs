using LmNotebooks.Tests.Languages;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Questions;

namespace LmNotebooks.Tests.Questions;

public class LabellingTests
{
    private static readonly Lingua Labels = Lingua.Preset("labels", 1);

    private static readonly Dictionary<string, Labelling> All = new()
    {
        ["topic"] = new LatentLabel(Labels, Latent.Topic),
        ["polarity"] = new LatentLabel(Labels, Latent.Polarity),
        ["register"] = new LatentLabel(Labels, Latent.Register),
        ["intent"] = new LatentLabel(Labels, Latent.Intent),
        ["entailment"] = new Entailment(Labels),
        ["sign"] = SignLabel.Of(Labels, 0.5, seed: 1),
        ["role"] = new RoleLabel(Labels),
        ["sign of some topics"] = SignLabel.Of(Labels, 0.5, seed: 1).About(1, 2),
        ["topic of documents that are cut"] = new LatentLabel(Lingua.Preset("base", 1), Latent.Topic),
        ["intent of documents that are cut"] = new LatentLabel(Lingua.Preset("base", 1), Latent.Intent),
    };

    public static TheoryData<string> Names => new(All.Keys);

    [Theory, MemberData(nameof(Names))]
    public void Answers_have_probabilities_that_sum_to_one_and_agree_with_the_log_probabilities(string name)
    {
        var labelling = All[name];
        Assert.All(labelling.Sample(50, 2), example =>
        {
            var posterior = labelling.Posterior(example.Source);
            Assert.Equal(labelling.Vocabulary, posterior.Length);
            Assert.Equal(1, posterior.Sum(), 1e-12);
            Assert.Equal(posterior, labelling.Next(example.Source, []));
            Assert.All(posterior.Index(), p =>
                Assert.Equal([Math.Log(p.Item)], labelling.LogProbabilities([example with { Target = [p.Index] }])[0]));
            Assert.True(posterior[example.Target.Single()] > 0);
        });
    }

    [Theory, MemberData(nameof(Names))]
    public void The_truth_is_as_accurate_as_it_says(string name)
    {
        var labelling = All[name];
        var accuracy = Accuracy.Of(labelling, labelling.Sample(4000, 3));
        var bayes = labelling.BayesAccuracy(0.004, seed: 4);
        Assert.Equal(bayes.Mean, accuracy.Mean, 4 * accuracy.StandardError + 0.016);
        Assert.True(bayes.StandardError <= 0.004);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_same_seed_draws_the_same_examples(string name)
    {
        static string Text(IEnumerable<Example> examples) =>
            string.Join('\n', examples.Select(e => string.Join(' ', [.. e.Source, -1, .. e.Target])));
        var labelling = All[name];
        Assert.Equal(Text(labelling.Sample(5, 3)), Text(labelling.Sample(9, 3).Take(5)));
        Assert.NotEqual(Text(labelling.Sample(5, 3)), Text(labelling.Sample(5, 4)));
    }

    [Fact]
    public void The_posterior_of_a_latent_is_that_of_Bayes_rule_on_all_documents_of_two_sentences()
    {
        var language = new Lingua(1, LinguaKnobs.Preset("tiny") with
        {
            Sentences = 2, Adjective = 0, Negation = 0, Depth = 0, Intransitive = 1,
        });
        var all = Enumeration.AllLatents(language.Knobs).ToArray();
        var sentences = all.ToDictionary(z => z, z => new Enumeration(language).Sentences(z).ToArray());
        var joint = new Dictionary<string, Dictionary<Latents, double>>();       // by the latents of the last sentence
        foreach (var first in all)
            foreach (var last in all.Where(z => z.Topic == first.Topic && z.Register == first.Register))
                foreach (var (a, pa) in sentences[first])
                    foreach (var (b, pb) in sentences[last])
                    {
                        if (!joint.TryGetValue($"{a} {b}", out var byLast)) joint[$"{a} {b}"] = byLast = [];
                        var carried = last.Polarity == first.Polarity ? 0.9 : 0.1;
                        byLast[last] = byLast.GetValueOrDefault(last) + carried * pa * pb;
                    }
        Assert.InRange(joint.Count, 1_000, 200_000);
        foreach (var which in Enum.GetValues<Latent>())
        {
            var labelling = new LatentLabel(language, which);
            var (bayes, entropy, total) = (0.0, 0.0, joint.Values.Sum(j => j.Values.Sum()));
            foreach (var (text, byLast) in joint)
            {
                var sum = byLast.Values.Sum();
                var values = byLast.GroupBy(z => z.Key.Value(which)).OrderBy(g => g.Key);
                double[] expected = [.. values.Select(g => g.Sum(z => z.Value) / sum)];
                var posterior = labelling.Posterior(language.Ids(text));
                Assert.All(expected.Zip(posterior), p => Assert.Equal(p.First, p.Second, 1e-9));
                bayes += expected.Max() * sum / total;
                entropy -= expected.Sum(p => p * Math.Log(p)) * sum / total;
            }
            var estimate = labelling.BayesAccuracy(0.004);
            Assert.Equal(bayes, estimate.Mean, 4 * estimate.StandardError);
            var open = labelling.Entropy(0.004);
            Assert.Equal(entropy, open.Mean, 4 * open.StandardError);
        }
    }

    [Fact]
    public void A_full_stop_ends_the_sentence_that_is_asked_about()
    {
        var document = Labels.Sample(1, 1)[0].Ids;
        foreach (var which in Enum.GetValues<Latent>())
        {
            var posterior = new LatentLabel(Labels, which).Posterior(document);
            Assert.All(Labels.Posterior(which, document[..^1]).Zip(posterior), p =>
                Assert.Equal(p.First, p.Second, 1e-12));
        }
        var ofTheNext = Labels.Posterior(Latent.Intent, document);
        Assert.All(ofTheNext, p => Assert.Equal(1 / 3.0, p, 1e-9));
    }

    [Fact]
    public void A_reader_that_answers_at_random_is_right_as_often_as_chance()
    {
        var examples = All["topic"].Sample(400, 1);
        Assert.Equal(new Estimate(0.25, 0), Accuracy.Of(new Always([0.25, 0.25, 0.25, 0.25]), examples));
        var third = examples.Average(e => e.Target[0] == 2 ? 1 : 0);
        Assert.Equal(third, Accuracy.Of(new Always([0.2, 0.2, 0.4, 0.2]), examples).Mean, 1e-12);
        Assert.Equal(1, Accuracy.Of(new Tagging(Labels), new Tagging(Labels).Sample(20, 1)).Mean);
    }

    private sealed record Always(double[] Answer) : IConditionalDistribution
    {
        public int Vocabulary => Answer.Length;

        public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
            [.. examples.Select(e => e.Target.Select(id => Math.Log(Answer[id])).ToArray())];

        public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) => Answer;
    }

    [Fact]
    public void What_is_no_answer_has_the_log_probability_negative_infinity_and_no_word_follows_one()
    {
        var (labelling, source) = (All["topic"], Labels.Sample(1, 1)[0].Ids);
        Assert.Equal([double.NegativeInfinity], labelling.LogProbabilities([new(source, [4])])[0]);
        Assert.Equal([double.NegativeInfinity], labelling.LogProbabilities([new(source, [-1])])[0]);
        var logs = labelling.LogProbabilities([new(source, [0, 0])])[0];
        Assert.True(double.IsFinite(logs[0]) && double.IsNegativeInfinity(logs[1]));
        string Refused(Func<object> ask) => Assert.Throws<ArgumentException>(ask).Message;
        Assert.Contains("no word follows", Refused(() => labelling.Next(source, [0])));
        Assert.Contains("cannot stand there", Refused(() => labelling.Posterior(Labels.Ids("the the"))));
    }

    [Theory]
    [InlineData("labels")]
    [InlineData("flat")]
    public void Short_documents_leave_doubt_about_their_hidden_causes(string preset)
    {
        var language = Lingua.Preset(preset, 2);
        Assert.InRange(language.Sample(500, 1).Average(d => d.Ids.Length), 14, 24);
        Assert.InRange(language.Entropy(0.01).Mean, 1.7, 2.2);
        Assert.Equal(18, language.Stems.Count(s => s.Valence != 0));
        foreach (var which in new[] { Latent.Topic, Latent.Polarity })
            Assert.InRange(new LatentLabel(language, which).BayesAccuracy(0.01).Mean, 0.75, 0.99);
    }
}
