using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Lessons;
using LmNotebooks.Questions;
using LmNotebooks.Tokens;

namespace LmNotebooks.Tests.Experiments;

/// <summary>Answered texts of some topics, and test texts of others.</summary>
public sealed class LabelsTests
{
    private const int Seed = 2;

    private static readonly Scale Scale = Small.Scale with { Labels = 60, TestDocuments = 50 };

    private static Question About(params int[] topics) => new($"sign, topics {string.Join(" and ", topics)}",
        (language, seed) => SignLabel.Of(language, 1, seed).About(topics));

    private static readonly Labels Apart = new("labels", [About(0, 1) with { Tested = About(2, 3) }]);

    private static Material Drawn(IWorld world, int seed = Seed) => world.Draw(Scale, seed).Material;

    private static string Text(Corpus corpus) =>
        string.Join('\n', corpus.Examples.Select(e => string.Join(' ', [.. e.Source, -1, .. e.Target])));

    [Fact]
    public void No_answered_text_has_a_topic_that_is_held_out_and_no_test_text_another()
    {
        var language = Lingua.Preset("labels", Seed);
        var topics = Enumerable.Range(0, 2).SelectMany(draw => language.Sample(2000, Seeds.Mix(Seed, draw)))
            .GroupBy(d => language.Text(d.Ids), d => d.Sentences[0].Latents.Topic)
            .ToDictionary(text => text.Key, text => text.ToHashSet());
        IEnumerable<int> Of(Corpus corpus) => corpus.Examples.Select(e => topics[language.Text(e.Source)].Single())
            .Distinct().Order();
        var data = Drawn(Apart).GoalData;
        Assert.Equal((60, 50), (data.Train.Rows, data.Test.Rows));
        Assert.Equal([0, 1], Of(data.Train));
        Assert.Equal([2, 3], Of(data.Test));
    }

    [Fact]
    public void The_answers_are_those_of_the_question_without_held_out_topics()
    {
        var sign = SignLabel.Of(Lingua.Preset("labels", Seed), 1, Seed);
        var (truth, material) = Apart.Draw(Scale, Seed);
        var data = material.GoalData;
        Assert.All(data.Train.Examples.Concat(data.Test.Examples), e =>
            Assert.Equal(1, sign.Posterior(e.Source)[e.Target.Single()]));
        Assert.Equal(0, data.Loss(truth!));
    }

    [Fact]
    public void The_text_for_pre_training_has_all_topics()
    {
        Dataset Of(IWorld world) => Drawn(world).Data[^1];
        var plain = new Labels("labels", [About(0, 1)]);
        Assert.Equal(Of(plain).Hash, Of(Apart).Hash);
        Assert.Equal(Of(plain).Train.Documents, Of(Apart).Train.Documents);
    }

    [Fact]
    public void The_same_seed_draws_the_same_texts_and_the_hash_knows_what_tests()
    {
        var (data, again, other) = (Drawn(Apart).GoalData, Drawn(Apart).GoalData, Drawn(Apart, Seed + 1).GoalData);
        Assert.Equal((data.Hash, Text(data.Train), Text(data.Test)), (again.Hash, Text(again.Train), Text(again.Test)));
        Assert.NotEqual(Text(data.Train), Text(other.Train));
        Assert.NotEqual(Text(data.Test), Text(other.Test));
        var within = new Labels("labels", [About(0, 1)]);
        Assert.Equal(Text(Drawn(within).GoalData.Train), Text(data.Train));
        Assert.NotEqual(Drawn(within).GoalData.Hash, data.Hash);
        Assert.NotEqual(within.Describe(Scale), Apart.Describe(Scale));
    }

    [Fact]
    public void Readers_are_asked_about_answers_that_another_one_has_learned()
    {
        var data = Drawn(Apart).GoalData;
        var sets = AnswerSets.Of(data, 3);
        var readers = new Readers([.. sets.Select(set => new Memory(set.Train.Examples))]);
        double Of(params IConditionalDistribution[] all) =>
            AnswerMeasurements.OfAccuracyAsLearned.Of(null, new Readers(all), data);
        Assert.Equal(0.5, Of([.. readers.All]), 1e-12);
        Assert.Equal(1, Of([.. readers.All.Skip(1), readers.All[0]]), 1e-12);
        Assert.Equal(2 / 3.0, Of(readers.All[1], readers.All[1], readers.All[1]), 1e-12);
    }

    /// <summary>Knows some answers by heart, and nothing else.</summary>
    private sealed class Memory(IEnumerable<Example> examples) : IConditionalDistribution
    {
        private readonly Dictionary<string, int> answers =
            examples.ToDictionary(e => string.Join(' ', e.Source), e => e.Target[0]);

        public int Vocabulary => 2;

        public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
            [.. examples.Select(e => e.Target.Select(id => Math.Log(Next(e.Source, [])[id])).ToArray())];

        public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) =>
            answers.TryGetValue(string.Join(' ', source), out var known) ? [1 - known, known] : [0.5, 0.5];
    }
}
