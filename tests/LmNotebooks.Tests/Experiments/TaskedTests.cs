using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Lessons;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Questions;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Experiments;

/// <summary>Models that learn several tasks, from sets of answers of the goal.</summary>
[Collection(nameof(Alone))]
public sealed class TaskedTests
{
    private const int Seed = 3, Sets = 2, Answers = 16;

    private static readonly Scale Scale = Small.Scale with
    {
        TestDocuments = 20, Labels = Sets * Answers, Layers = 1, Options = new() { BatchRows = 8, Evaluations = 1 },
    };

    private static readonly Asking Topic = new("topic", (language, _) => new LatentLabel(language, Latent.Topic)),
        Polarity = new("polarity", (language, _) => new LatentLabel(language, Latent.Polarity)) { Stream = 2 };

    private static readonly Tasks World = new("tiny",
    [
        Polarity with { Stream = 1 }, new Asking("shared", Polarity.Labels) { Stream = 2, Head = "polarity" },
        Topic with { Stream = 2, Examples = 2 },
    ]), Pair = new("tiny",
    [
        new Translating("translation"), Topic with { Stream = 2, Examples = 0.5 },
        new TaggingWords("tags") { Stream = 3, Examples = 0.5 },
    ]) { IsPair = true };

    private static readonly MultiTask Strategy = new() { Epochs = 3 };

    private static Tasked Of(params string[] tasks) => new("tasks", Strategy, tasks) { Sets = Sets };

    private static Material Drawn(IWorld world) => world.Draw(Scale, Seed).Material;

    private static (Learned Model, RunResult Result) Make(Tasked arm, IWorld? world = null, int seed = Seed,
        Action<RunEvent>? onEvent = null)
    {
        var (model, result) = arm.Make("run", Drawn(world ?? World), Scale, seed, onEvent ?? (_ => { }));
        return ((Learned)model, result);
    }

    private static string Said(IConditionalDistribution reader, Dataset data) => string.Join(' ',
        reader.LogProbabilities(data.Test.Examples).SelectMany(logs => logs).Select(log => $"{log:R}"));

    [Fact]
    public void Two_tasks_share_a_head_where_they_name_one_alike_and_else_have_their_own()
    {
        string[] Heads(params string[] tasks) => [.. Make(Of(tasks)).Model.Sets[0].Model.Heads.Select(h => h.Name)];
        Assert.Equal(["head for polarity"], Heads("polarity"));
        Assert.Equal(["head for polarity"], Heads("polarity", "shared"));
        Assert.Equal(["head for polarity", "head for topic"], Heads("polarity", "topic").Order());
    }

    [Fact]
    public void Each_model_learns_from_a_set_of_its_own_of_the_goal_and_from_all_of_the_others()
    {
        var (material, sets) = (Drawn(World), Make(Of("polarity", "topic")).Model.Sets);
        Assert.Equal(Sets, sets.Count);
        Assert.Distinct(sets.Select(set => set.Model));
        Assert.Equal(material.GoalData.Train.Sources!, sets.SelectMany(set => set.Tasks[0].Data.Train.Sources!));
        Assert.Equal(material.GoalData.Train.Documents, sets.SelectMany(set => set.Tasks[0].Data.Train.Documents));
        Assert.All(sets, set =>
        {
            Assert.Equal(["polarity", "topic"], set.Tasks.Select(task => task.Data.Name));
            Assert.Equal(material.GoalData.Test.Sources!, set.Tasks[0].Data.Test.Sources!);
            Assert.Equal(material.Data[2].Hash, set.Tasks[1].Data.Hash);
            Assert.Equal(material.Data[2].Train.Sources!, set.Tasks[1].Data.Train.Sources!);
        });
    }

    /// <summary>A temperature that fits answers that were learned from would be far too low.</summary>
    [Fact]
    public void The_temperature_fits_what_each_model_says_of_the_next_set()
    {
        var arm = Of("polarity", "shared") with { Strategy = new MultiTask { Epochs = 60 } };
        var sets = Make(arm).Model.Sets;
        double Fitting(int next) => Temperature.Of([.. sets.SelectMany((set, i) =>
        {
            var (reader, data) = (set.Tasks[0].Reader, sets[(i + next) % sets.Count].Tasks[0].Data);
            double[][] logs = [.. Enumerable.Range(0, reader.Vocabulary).Select(answer => reader.LogProbabilities(
                [.. data.Train.Examples.Select(e => e with { Target = [answer] })]).Select(l => l[0]).ToArray())];
            return data.Train.Examples.Select((e, n) => ((double[])[.. logs.Select(l => l[n])], e.Target[0]));
        })]);
        Assert.Equal(1, Fitting(next: 1), 0.01);
        Assert.InRange(Fitting(next: 0), 0, 0.5);
    }

    [Fact]
    public void What_is_learned_is_said_by_task_and_who_has_not_learned_the_goal_knows_nothing_of_it()
    {
        var (material, model) = (Drawn(World), Make(new Tasked("topic", Strategy, "topic")).Model);
        Assert.NotNull(model.Of("topic"));
        Assert.Null(model.Of("polarity"));
        Assert.Null(model.DataOf("polarity"));
        Assert.Equal(material.Data[2].Hash, model.DataOf("topic")!.Hash);
        Assert.Equal(Math.Log(2), material.GoalData.Loss(model), 1e-12);
        Assert.Equal([0.5, 0.5], model.Next(material.GoalData.Test.Sources![0], []));

        var both = Make(Of("polarity", "topic")).Model;
        Assert.Equal(material.GoalData.Loss(both.Of("polarity")!), material.GoalData.Loss(both));
        Assert.Equal(both.Sets.Average(set => material.GoalData.Loss(set.Tasks[0].Reader)),
            material.GoalData.Loss(both), 1e-9);
        Assert.Equal(1, both.Next(material.GoalData.Test.Sources![0], []).Sum(), 1e-6);
        Assert.Equal(AnswerMeasurements.OfAccuracyAsLearned.Of(null, both.Of("polarity")!, material.GoalData),
            TaskMeasurements.OfAccuracy.Of(null, both, material.GoalData), 1e-12);
    }

    [Fact]
    public void A_word_before_each_text_says_the_task_in_training_and_in_testing()
    {
        var (material, seen) = (Drawn(World), new HashSet<string>());
        var words = material.GoalData.SourceVocabulary!.Value;
        var before = TaskPrefix.Before(material.Data[1], 1, 2);
        Assert.Equal(words + 2, before.SourceVocabulary);
        var other = material.Data[1];
        foreach (var (was, now) in new[] { (other.Train, before.Train), (other.Test, before.Test) })
        {
            Assert.Equal(was.Examples.Select(e => (int[])[words + 1, .. e.Source]), now.Examples.Select(e => e.Source));
            Assert.Equal(was.Documents, now.Documents);
        }
        Assert.Distinct([material.Data[1].Hash, before.Hash, TaskPrefix.Before(material.Data[1], 0, 2).Hash]);

        var strategy = new Watched(Strategy, text => seen.Add(text));
        var model = Make(Of("polarity", "shared") with { Prefixed = true, Strategy = strategy }).Model;
        Assert.Equal([$"polarity {words}", $"shared {words + 1}"], seen.Order());
        foreach (var set in model.Sets)
        {
            Assert.Equal(words + 2, set.Model.Vocabulary);
            foreach (var (i, task) in set.Tasks.Index())
            {
                Assert.Equal(material.Data[i].Hash, task.Data.Hash);
                Example[] told = [.. task.Data.Test.Examples.Select(e => e with { Source = [words + i, .. e.Source] })];
                Assert.Equal(new Classifier(set.Model, "polarity").LogProbabilities(told),
                    task.Reader.LogProbabilities(task.Data.Test.Examples));
                Assert.Equal(new Classifier(set.Model, "polarity").Next(told[0].Source, []),
                    task.Reader.Next(task.Data.Test.Sources![0], []));
            }
        }
        // one head says different things of one text, by the word
        Assert.NotEqual(Said(model.Sets[0].Tasks[0].Reader, material.GoalData),
            Said(model.Sets[0].Tasks[1].Reader, material.GoalData));
    }

    [Fact]
    public void The_encoder_of_a_translator_answers_questions_and_tags_and_learns_from_them()
    {
        var (material, arm) = (Drawn(Pair), Of("translation", "topic", "tags") with { Sets = 1 });
        var (model, tasks) = Assert.Single(Make(arm, Pair).Model.Sets);
        var translator = Assert.IsType<EncoderDecoder>(model);
        Assert.Same(translator, tasks[0].Reader);
        Assert.Same(translator, Assert.IsType<Classifier>(tasks[1].Reader).Model);
        Assert.Same(translator, Assert.IsType<Tagger>(tasks[2].Reader).Model);
        Assert.Equal([translator.Source, translator.Encoder], translator.Readers);
        Assert.True(translator.Config.ReadsWhole);

        // with the encoder's weights changed, all three say something else, and with the decoder's, the translation
        string[] All() => [.. tasks.Select((task, i) => Said(task.Reader, material.Data[i]))];
        void Turn(Part part)
        {
            using var off = no_grad();
            foreach (var weights in part.Module.parameters()) weights.neg_();
        }
        var before = All();
        Turn(translator.Encoder);
        Assert.All(before.Zip(All()), said => Assert.NotEqual(said.First, said.Second));
        Turn(translator.Encoder);
        Turn(translator.Body);
        Assert.Equal([false, true, true], before.Zip(All(), (a, b) => a == b));

        // a question alone trains what reads the source
        var asked = Make(new Tasked("tags", Strategy, "tags"), Pair).Model.Sets[0].Model;
        Assert.Equal(translator.Config.SourceVocabulary, asked.Vocabulary);
        Assert.True(asked.Config.ReadsWhole);
    }

    [Fact]
    public void The_way_is_nothing_for_the_blind_answer_and_all_for_the_truth()
    {
        var (truth, material) = Pair.Draw(Scale with { Labels = 102 }, Seed);
        foreach (var data in material.Data)
        {
            double Of(IConditionalDistribution reader) => TaskMeasurements.OfWay(data.Name).Of(truth,
                new Learned(material.GoalData, [(null!, [new LearnedTask(data, reader)])]), material.GoalData);
            if (data.Name != "tags") Assert.Equal(0, Of(new Blind(data)), 1e-9);
            Assert.Equal(1, Of(((Truths)truth!).Of[data.Name]), 1e-9);
        }
        Assert.Equal(double.NaN, TaskMeasurements.OfWay("tags").Of(truth,
            new Learned(material.GoalData, [(null!, [])]), material.GoalData));
    }

    public static TheoryData<Tasks, Tasked> Counted => new()
    {
        { World, Of("polarity") }, { World, Of("polarity", "shared") }, { World, Of("polarity", "topic") },
        { World, Of("polarity", "topic") with { Prefixed = true, Sets = 1 } },
        { World, Of("polarity", "topic") with { Strategy = new MultiTask { Epochs = 40, Temperature = 2 } } },
        { World, Of("polarity", "topic") with { Strategy = new MultiTask { Epochs = 20, EpochsAlone = 20 } } },
        { World, Of("polarity", "topic") with { Strategy = new CombinedTasks { Epochs = 3, BatchRows = 4 } } },
        {
            Pair, Of("translation", "topic", "tags") with
            {
                Sets = 1, Strategy = new MultiTask { Epochs = 30, Temperature = double.PositiveInfinity },
            }
        },
        {
            Pair, Of("topic", "translation") with
            {
                Sets = 1, Strategy = new MultiTask { Epochs = 60, Temperature = double.PositiveInfinity },
            }
        },
        { Pair, Of("translation") with { Sets = 1 } },
    };

    /// <summary>Which task has its turn is drawn, so that a run comes near it alone.</summary>
    [Theory, MemberData(nameof(Counted))]
    public void What_all_models_of_a_run_compute_is_predicted(Tasks world, Tasked arm)
    {
        // from twice as many examples as there will be
        var like = world.Draw(Scale with { Labels = 2 * Scale.Labels }, Seed).Material;
        var counted = arm.Sets * Make(arm, world).Result.Flops;
        Assert.InRange(arm.Flops(Scale, like) / counted, 0.8, 1.2);
    }

    [Fact]
    public void The_result_counts_one_model_and_the_examples_of_the_goal()
    {
        var (one, alone) = (Make(Of("polarity", "topic")).Result, Make(Of("polarity")).Result);
        Assert.Equal((Answers, Answers), (one.Labels, alone.Labels));
        var set = Drawn(World).GoalData.Train.Tokens / Sets;
        Assert.InRange(alone.Tokens, 3 * set - 2, 3 * set + 2);
        Assert.True(one.Tokens > 3 * alone.Tokens && one.Flops > 3 * alone.Flops);
        Assert.Equal(2 * Answers * Sets / 4, Make(new Tasked("topic", Strategy, "topic"), Pair).Result.Labels);
    }

    [Fact]
    public void The_same_seed_makes_the_same_models_to_the_last_bit_and_another_makes_others()
    {
        var data = Drawn(World).GoalData;
        var arm = Of("polarity", "topic");
        string All(int seed) => string.Join('\n', Make(arm, seed: seed).Model.Sets.SelectMany(set =>
            set.Tasks.Select(task => Said(task.Reader, task.Data))));
        Assert.Equal(All(Seed), All(Seed));
        Assert.NotEqual(All(Seed), All(Seed + 1));
        Assert.Distinct(Make(arm).Model.Of("polarity")!.All.Select(reader => Said(reader, data)));
    }

    [Fact]
    public void An_arm_says_all_that_decides_what_it_makes()
    {
        var arm = Of("polarity", "topic");
        Tasked[] others =
        [
            arm, Of("topic", "polarity"), Of("polarity"), arm with { Sets = 4 }, arm with { Prefixed = true },
            arm with { Strategy = Strategy with { Temperature = double.PositiveInfinity } },
            arm with { Strategy = Strategy with { EpochsAlone = 0.5 } },
            arm with { Size = config => config with { Width = 8 } },
        ];
        var said = others.Select(o => o.Describe(Scale).ToJsonString()).ToList();
        Assert.Distinct(said.Append(arm.Describe(Scale with { Labels = 7 }).ToJsonString()));
        Assert.Contains("Temperature = Infinity", said[5]);
        Assert.Contains("EpochsAlone = 0.5", said[6]);
    }

    [Fact]
    public void A_task_that_its_world_has_not_is_refused_in_one_sentence() => Assert.Equal(
        "tasks learns 'tags', and there are polarity, shared, topic: name one of these.",
        Assert.Throws<ArgumentException>(() => Make(Of("polarity", "tags"))).Message);

    /// <summary>Says the same of all texts: how frequent the words of the targets are in training.</summary>
    private sealed class Blind(Dataset data) : IConditionalDistribution
    {
        private readonly double[] known = NgramModel.Fit(1, data.Vocabulary, data.Train.Documents).Next([]);

        public int Vocabulary => known.Length;

        public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
            [.. examples.Select(e => e.Target.Select(id => Math.Log(known[id])).ToArray())];

        public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) => known;
    }

    /// <summary>Tells the first word of each text that is read, and for which task.</summary>
    private sealed record Watched(IStrategy Inner, Action<string> OnText) : IStrategy
    {
        public string Name => Inner.Name;
        public Model Build(ModelConfig config, Generator generator) => Inner.Build(config, generator);

        public IReadOnlyList<Stage> Stages(Model model, Plan plan) => [.. Inner.Stages(model, plan).Select(stage =>
            stage with { Aims = [.. stage.Aims.Select(aim => aim with { Objective = new Watch(aim, OnText) })] })];
    }

    private sealed record Watch(Aim Aim, Action<string> OnText) : IObjective
    {
        public string Name => Aim.Objective.Name;
        public bool Answers => Aim.Objective.Answers;
        public IReadOnlyList<Part> Uses(Model model) => Aim.Objective.Uses(model);
        public IEnumerable<Application> Applications(Model model, Extent text) =>
            Aim.Objective.Applications(model, text);

        public Loss Of(Model model, Batch batch, Generator generator)
        {
            foreach (var first in batch.Sources!.select(1, 0).data<long>()) OnText($"{Aim.Data!.Name} {first}");
            return Aim.Objective.Of(model, batch, generator);
        }
    }
}
