using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Questions;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Training;

/// <summary>Several aims in one stage, questions about texts, and strategies that learn from both.</summary>
public sealed class AimsTests : IDisposable
{
    private static readonly Labels World = new("tiny",
        [new("polarity", (language, _) => new LatentLabel(language, Latent.Polarity)),
            new("topic", (language, _) => new LatentLabel(language, Latent.Topic))]);

    private static readonly Scale Small = new("Small", 6_000, 20, 16, 1, 2, 1, new Schedule { Peak = 1e-2 },
        new TrainingOptions { BatchRows = 8, Evaluations = 3 }) { Labels = 40 };

    private readonly Tests.Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<IStrategy> OfLabels { get; } =
    [
        new Joint(), new MultiTask(), new PretrainThenFineTune(), new PretrainThenFineTune { Probe = true },
        new PretrainThenFineTune { Pretraining = new MaskedLm() },
        new PretrainThenFineTune { Pretraining = new MaskedLm { Hidden = 1, Random = 0 }, Probe = true },
        new PretrainThenFineTune { Pretraining = new PermutationLm() },
            new PretrainThenFineTune { PretrainingShare = 0 },
        .. Enum.GetValues<Combination>().Select(way => new CombinedTasks { Combination = way }),
    ];

    private static Experiment Of(params IStrategy[] strategies) => new("labels", "Which?", World,
        [.. strategies.Select((s, i) => new Trained($"{i}", s) { Gallery = true })], []) { Seeds = [3],
            TuningSeeds = [] };

    [Theory, MemberData(nameof(OfLabels))]
    public async Task A_strategy_learns_labels_through_the_runner(IStrategy strategy)
    {
        var records = await new Runner(Of(strategy), Small, new RunStore(folder.Path)).RunAsync();
        var result = Assert.Single(records).Result!;
        Assert.Null(result.Error);
        Assert.InRange(result.Measures[Experiment.Floor], 0, Math.Log(2));
        Assert.True(result.Measures[Experiment.UnigramGap] > 0);
        Assert.Equal(strategy is MultiTask ? 80 : 40, result.Labels);
        Assert.True(double.IsFinite(result.TestLoss));
    }

    [Fact]
    public async Task A_strategy_of_language_models_refuses_labels_in_one_sentence()
    {
        IStrategy[] others = [new HierarchicalTraining(), new GreedyLayerwise(), new FrozenInterface(),
            new StagedTranslator()];
        var records = await new Runner(Of(others), Small, new RunStore(folder.Path)).RunAsync();
        Assert.All(records, r => Assert.Matches("data with a question|is for translators", r.Result!.Error ?? ""));
    }

    [Fact]
    public void A_model_has_room_for_the_longest_text_read_whole()
    {
        var (_, material) = World.Draw(Small, 3);
        var longest = material.Data.Max(d => Math.Max(d.Train.Length, d.Test.Length));
        Assert.Equal(longest + 1, material.Config(Small).Context);
        var text = new Material(material.Data[2]);
        Assert.Equal(text.Config(Small).Context + 1,
            (text with { Goal = text.Goal with { Objective = new MaskedLm() } }).Config(Small).Context);
    }

    /// <summary>The encoder reads whole what is translated and what is asked about; the decoder has no part in an
    /// answer.</summary>
    [Fact]
    public async Task A_translator_learns_a_question_about_its_source_beside_the_translation()
    {
        var experiment = new Experiment("both", "Which?", new TranslationAndLabel(),
            [new Trained("together", new MultiTask()) { Gallery = true }], []) { Seeds = [3], TuningSeeds = [] };
        var result = Assert.Single(await new Runner(experiment, Small, new RunStore(folder.Path)).RunAsync()).Result!;
        Assert.Null(result.Error);
        Assert.True(result.Measures[Experiment.Excess] < result.Measures[Experiment.UnigramGap]);

        var (_, material) = new TranslationAndLabel().Draw(Small, 3);
        using var model = (EncoderDecoder)material.Config(Small).Build(new Generator(1));
        Assert.True(model.Config.ReadsWhole);
        Assert.Equal(["source", "encoder", "head for polarity"],
            new Classification("polarity").Uses(model).Select(p => p.Name));
    }

    /// <summary>A world of a reader's own, of what the kit has.</summary>
    private sealed record TranslationAndLabel : IWorld
    {
        public string Describe(Scale scale) => $"tiny, {scale.Labels}";

        public (IDistribution? Truth, Material Material) Draw(Scale scale, int seed)
        {
            var pair = LinguaPair.Preset("tiny", seed);
            var translations = Dataset.Of(pair, scale.TrainTokens, scale.TestDocuments, seed);
            var labelling = new LatentLabel(pair.Source, Latent.Polarity);
            var question = Dataset.Of(labelling, scale.Labels, scale.TestDocuments, seed) with { Question = "polarity" };
            return (pair, new Material(Aim.For(translations), [translations, question]));
        }
    }

    [Fact]
    public void Aims_take_turns_in_proportion_to_their_shares()
    {
        var (_, material) = World.Draw(Small, 3);
        var counted = new Dictionary<string, int>();
        Train(material, [new(new Counts("often", counted), material.Data[2]) { Share = 3 },
            new(new Counts("seldom", counted), material.Data[2]) { Share = 1 }], null);
        Assert.InRange(counted["often"] / (double)counted.Values.Sum(), 0.6, 0.9);
    }

    /// <summary>Counts the steps of an aim.</summary>
    private sealed record Counts(string Name, Dictionary<string, int> Into) : IObjective
    {
        public Loss Of(Model model, Batch batch, Generator generator)
        {
            if (is_grad_enabled()) Into[Name] = Into.GetValueOrDefault(Name) + 1;
            return new CausalLm().Of(model, batch, generator);
        }
    }

    /// <summary>Stops the run at its nth step.</summary>
    private sealed record Mortal(IObjective Other, int At) : IObjective
    {
        private int asked;
        public string Name => Other.Name;
        public bool Answers => Other.Answers;
        public IReadOnlyList<Part> Uses(Model model) => Other.Uses(model);
        public IEnumerable<Application> Applications(Model model, Extent text) => Other.Applications(model, text);

        public Loss Of(Model model, Batch batch, Generator generator) =>
            is_grad_enabled() && ++asked == At ? throw new Killed() : Other.Of(model, batch, generator);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(5), InlineData(9)]
    public void A_run_with_several_aims_that_dies_ends_as_one_that_never_died(int at)
    {
        var (_, material) = World.Draw(Small, 3);
        Aim[] Aims(int dies) =>
        [
            material.Goal with { Objective = new Mortal(material.Goal.Objective, dies) },
            .. material.Data.Skip(1).Select(Aim.For), new(new MaskedLm(), material.Data[2]),
        ];
        var undisturbed = Train(material, Aims(int.MaxValue), null);
        var checkpoint = new Checkpoint(folder.File("run.safetensors")) { Share = double.PositiveInfinity };
        Assert.Throws<Killed>(() => Train(material, Aims(at), checkpoint));
        Assert.Equal(undisturbed, Train(material, Aims(int.MaxValue), checkpoint));
    }

    /// <returns>All losses, and a hash of the weights.</returns>
    private static string Train(Material material, IReadOnlyList<Aim> aims, Checkpoint? checkpoint)
    {
        using var generator = new Generator(5);
        using var model = material.Config(Small).Build(generator);
        var losses = new List<double>();
        var stage = new Stage("all", aims, [.. aims.SelectMany(a => a.Objective.Uses(model)).Distinct()], 6_000);
        new Trainer("aims", model, material.Goal, Small.Options, generator) { Checkpoint = checkpoint }
            .Train([stage], e => losses.AddRange(e.TrainLoss, e.TestLoss, e.ObjectiveLoss ?? 0));
        return $"{string.Join(' ', losses)} {Weights.Hash(model)}";
    }

    [Fact]
    public async Task A_head_that_has_enough_labels_comes_near_the_best_possible_accuracy()
    {
        var scale = Small with { TrainTokens = 60_000, Labels = 3_000, Width = 32, TestDocuments = 600 };
        var (truth, material) = World.Draw(scale, 3);
        var (model, _) = await Run.Train<LanguageModel>(new Joint(), material, scale, 3, folder.Path, "labels");
        var examples = material.GoalData.Test.Examples;
        var best = Accuracy.Of((Labelling)truth, examples);
        var found = Accuracy.Of(new Classifier(model, material.GoalData.Question!), examples);
        Assert.InRange(found.Mean, best.Mean - 0.05, 1);
    }

    [Fact]
    public void A_masked_word_is_hidden_replaced_or_left_in_the_shares_that_are_said_and_nothing_else_is_asked()
    {
        var (_, material) = World.Draw(Small with { TrainTokens = 40_000 }, 3);
        using var generator = new Generator(1);
        using var model = material.Config(Small).Build(generator);
        var batch = material.Data[2].Train.Take([.. Enumerable.Range(0, 200).Select(i => (long)i)], CPU);
        using var scope = NewDisposeScope();
        foreach (var rate in new[] { 0.15, 0.4 })
        {
            var loss = new MaskedLm { Rate = rate }.Of(model, batch, generator);
            Assert.InRange(loss.Targets / (double)batch.Tokens, rate - 0.06, rate + 0.06);
        }
        Assert.Equal(batch.Tokens, new MaskedLm { Rate = 1 }.Of(model, batch, generator).Targets);
        Assert.Equal(batch.Tokens, new PermutationLm { K = 1 }.Of(model, batch, generator).Targets);
        var none = new MaskedLm { Rate = 0 }.Of(model, batch, generator);
        Assert.Equal((0, 0), (none.Targets, none.Mean.item<float>()));
    }
}
