using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Lessons;
using LmNotebooks.Questions;
using LmNotebooks.Tokens;

namespace LmNotebooks.Tests.Experiments;

/// <summary>Several tasks about the texts of one language, and those of the course.</summary>
public sealed class TasksTests
{
    private const int Seed = 21;

    private static readonly Scale Scale = Small.Scale with { Labels = 200, TestDocuments = 100 };

    private static readonly Asking Topic = new("topic", (language, _) => new LatentLabel(language, Latent.Topic)),
        Polarity = new("polarity", (language, _) => new LatentLabel(language, Latent.Polarity)) { Stream = 2 };

    private static IReadOnlyList<Dataset> Drawn(params LearningTask[] tasks) =>
        new Tasks("tiny", tasks) { IsPair = true }.Draw(Scale, Seed).Material.Data;

    private static string Text(int[] text) => string.Join(' ', text);

    private static IEnumerable<string> Texts(Corpus corpus) => corpus.Sources!.Select(Text);

    /// <summary>Texts with their answers.</summary>
    private static IEnumerable<string> All(Corpus corpus) =>
        corpus.Examples.Select(e => $"{Text(e.Source)}: {Text(e.Target)}");

    [Fact]
    public void Tasks_of_one_stream_are_about_the_same_texts_and_of_another_about_others()
    {
        var data = Drawn(Topic, Polarity, Topic with { Name = "again", Stream = 2 }, new Translating("translation"));
        Assert.Equal(Texts(data[1].Train), Texts(data[2].Train));
        Assert.Equal(Texts(data[0].Train), Texts(data[3].Train));
        Assert.NotEqual(Texts(data[0].Train), Texts(data[1].Train));
    }

    public static TheoryData<string, int> OfTheCourse => new()
    {
        { "multi-task", 1 }, { "multi-task-same", 1 }, { "multi-task-ways", 1 }, { "multi-task-labels", 1 },
        { "multi-task-transfer", 8 }, { "multi-task-translation", 8 }, { "multi-task-gradients", 8 },
    };

    [Theory, MemberData(nameof(OfTheCourse))]
    public void Nobody_learns_from_a_text_that_is_tested_on_nor_from_one_of_the_goal_for_another_task(string name,
        int labels)
    {
        var world = (Tasks)Course.Named(name).World;
        var data = world.Draw(Scale with { Labels = labels * Scale.Labels }, Seed).Material.Data;
        var (tests, goal) = (data.SelectMany(d => Texts(d.Test)).ToHashSet(), Texts(data[0].Train).ToHashSet());
        double Seen(IEnumerable<string> texts, HashSet<string> among) =>
            texts.Count(among.Contains) / (double)among.Count;
        // a language says a short text twice at times
        Assert.All(data, d => Assert.InRange(Seen(Texts(d.Train), tests), 0, 0.01));
        Assert.All(data.Skip(1), d => Assert.InRange(Seen(Texts(d.Train), goal), 0, 0.01));
    }

    [Fact]
    public void Second_tasks_agree_with_the_goal_as_they_say()
    {
        var tasks = ((Tasks)TaskRelations.World).All.Cast<Asking>().ToDictionary(t => t.Name);
        var language = Lingua.Preset("labels", Seed);
        SignLabel Of(string name) => (SignLabel)tasks[name].Labels(language, Seed);
        var data = TaskRelations.World.Draw(Scale with { Labels = 1_000, TestDocuments = 1 }, Seed).Material.Data
            .ToDictionary(d => d.Name);
        var goal = Of(TaskRelations.Goal);
        Assert.Equal(0.5, goal.Agreement, 1e-6);
        foreach (var alpha in TaskRelations.Alphas)
            foreach (var shared in new[] { true, false })
            {
                var name = TaskRelations.Second(alpha, shared);
                Assert.Equal(alpha, Of(name).CorrelationWith(goal), 1e-9);
                // of two scores that are normal, the signs agree so often
                var agree = data[name].Train.Examples.Average(e => goal.Posterior(e.Source)[e.Target[0]]);
                Assert.InRange(agree, 0.5 + Math.Asin(alpha) / Math.PI - 0.06, 0.5 + Math.Asin(alpha) / Math.PI + 0.06);
            }
    }

    [Fact]
    public void Second_tasks_have_as_many_examples_and_the_same_texts()
    {
        var data = TaskRelations.World.Draw(Scale, Seed).Material.Data;
        Assert.Equal(Scale.Labels, data[0].Train.Rows);
        Assert.All(data.Skip(1), d => Assert.Equal(2 * Scale.Labels, d.Train.Rows));
        var texts = Texts(data[1].Train).ToHashSet();
        Assert.All(data.Skip(1), d => Assert.InRange(Texts(d.Train).Count(texts.Contains), 0.98 * texts.Count,
            texts.Count));
    }

    [Fact]
    public void Tasks_share_a_head_where_they_name_one_alike()
    {
        var data = TaskRelations.World.Draw(Scale, Seed).Material.Data;
        Assert.All(data, d => Assert.Equal(d.Name.EndsWith("own heads") ? "second" : "sign", d.Question));
        Assert.Equal(["topic", "polarity"], Drawn(Topic, Polarity).Select(d => d.Question));
        Assert.Null(Drawn(new Translating("translation"))[0].Question);
    }

    [Fact]
    public void Permuted_answers_are_the_same_ones_of_other_texts_and_the_test_is_as_it_was()
    {
        LearningTask[] tasks = [Polarity, new TaggingWords("tags"), new Translating("translation")];
        foreach (var task in tasks)
        {
            var (data, dealt) = (Drawn(task)[0], Drawn(task with { Permuted = true })[0]);
            Assert.Equal(All(data.Test), All(dealt.Test));
            Assert.Equal(Texts(data.Train), Texts(dealt.Train));
            Assert.Equal(data.Train.Documents.Select(d => d.Length), dealt.Train.Documents.Select(d => d.Length));
            Assert.Equal(data.Train.Counts, dealt.Train.Counts);
            Assert.NotEqual(data.Hash, dealt.Hash);

            // as often the right one as by chance
            var words = data.Train.Documents.SelectMany(d => d).Zip(dealt.Train.Documents.SelectMany(d => d)).ToList();
            var chance = data.Train.Counts.Sum(n => Math.Pow((double)n / words.Count, 2));
            Assert.Equal(chance, words.Average(w => w.First == w.Second ? 1.0 : 0), 4 * Math.Sqrt(0.25 / words.Count));
        }
    }

    [Fact]
    public void A_task_has_the_right_answers_and_its_truth_knows_them()
    {
        var (truth, material) = new Tasks("tiny", [Topic, Polarity, new TaggingWords("tags"),
            new Translating("translation")]) { IsPair = true }.Draw(Scale, Seed);
        var (truths, pair) = ((Truths)truth!, LinguaPair.Preset("tiny", Seed));
        Assert.Equal(new Tagging(pair.Source).Vocabulary, material.Data[2].Vocabulary);
        Assert.All(material.Data, d => Assert.Equal(pair.Source.Vocabulary, d.SourceVocabulary));
        Assert.Equal(0, material.Data[2].Loss(truths.Of["tags"]));
        Assert.Equal(material.Data[3].Loss(pair), material.Data[3].Loss(truths.Of["translation"]));
        // asked for one truth, they say that of the goal
        Assert.Equal("topic", material.GoalData.Name);
        Assert.Equal(material.GoalData.Loss(truths.Of["topic"]), material.GoalData.Loss(truths));
        var source = material.GoalData.Test.Sources![0];
        Assert.Equal(truths.Of["topic"].Next(source, []), truths.Next(source, []));
        Assert.Equal(truths.Of["topic"].Vocabulary, truths.Vocabulary);
    }

    [Fact]
    public void The_same_seed_draws_the_same_and_the_hash_knows_what_was_drawn()
    {
        LearningTask[] others = [Topic, Topic with { Stream = 2 }, Topic with { Examples = 0.5 },
            Topic with { Permuted = true }, Topic with { Head = "one" }, Polarity with { Name = "topic", Stream = 1 }];
        Assert.Equal(Drawn(Topic)[0].Hash, Drawn(Topic)[0].Hash);
        Assert.Equal(All(Drawn(Topic)[0].Train), All(Drawn(Topic)[0].Train));
        Assert.Distinct(others.Select(task => Drawn(task)[0].Hash));
        Assert.Equal(100, Drawn(others[2])[0].Train.Rows);
    }

    [Fact]
    public void A_world_says_all_that_decides_what_is_drawn()
    {
        string Said(Scale scale, params LearningTask[] tasks) =>
            new Tasks("tiny", tasks) { IsPair = true }.Describe(scale);
        string[] said =
        [
            Said(Scale, Topic), Said(Scale with { Labels = 7 }, Topic), Said(Scale, Topic with { Examples = 2 }),
            Said(Scale, Topic with { Stream = 3 }), Said(Scale, Topic with { Permuted = true }),
            Said(Scale, Topic with { Head = "one" }), Said(Scale, Topic, Polarity), Said(Scale, Polarity, Topic),
            new Tasks("tiny", [Topic]).Describe(Scale), new Tasks("base", [Topic]) { IsPair = true }.Describe(Scale),
        ];
        Assert.Distinct(said);
        Assert.EndsWith("200 of topic x 1 stream 1, polarity x 0.5 permuted stream 2 by one", Said(Scale, Topic,
            Polarity with { Examples = 0.5, Permuted = true, Head = "one" }));
    }

    [Fact]
    public void A_translation_in_a_world_of_one_language_is_refused_in_one_sentence() =>
        Assert.Matches("^'translation' is a translation, and this world has one language: [^.]+\\.$",
            Assert.Throws<ArgumentException>(() =>
                new Tasks("tiny", [new Translating("translation")]).Draw(Scale, Seed)).Message);
}
