using FsCheck.Xunit;
using LmNotebooks.Charts;
using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Lessons;
using LmNotebooks.Models;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;

namespace LmNotebooks.Tests.Experiments;

/// <summary>A text of which nobody knows the truth.</summary>
[Collection(nameof(Alone))]
public sealed class RealTextsTests : IDisposable
{
    private static readonly RealTexts World = new([1, 2], [11, 12, 13]);

    /// <summary>Tuned like the laptop scale, since it has its name, but over in a moment.</summary>
    private static readonly Scale Tiny = Small.Scale with { Name = Scale.Laptop.Name, TrainTokens = 2_000,
        TestDocuments = 20 };

    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    private static Scale Asked(long tokens, int test = RealTexts.TestBlocks) =>
        Tiny with { TrainTokens = tokens, TestDocuments = test };

    private static long Part(int blocks) => (blocks / 5 - RealTexts.TestBlocks) * RealTexts.BlockLength;

    [Property]
    public bool Of_what_a_part_has_no_two_seeds_have_a_block_in_common(ushort more, byte less)
    {
        var blocks = 5 * (RealTexts.TestBlocks + 1) + more;
        var parts = from seed in World.TuningSeeds.Concat(World.Seeds)
                    let part = World.Deal(blocks, Asked(Math.Max(1, Part(blocks) - less)), seed)
                    select (IEnumerable<int>)[.. part.Train, .. part.Test];
        var all = parts.SelectMany(p => p).ToList();
        return all.Distinct().Count() == all.Count && all.All(block => block >= 0 && block < blocks);
    }

    [Property]
    public bool More_text_comes_from_seeds_of_the_same_kind_and_never_from_what_one_is_tested_on(ushort more,
        byte times)
    {
        var blocks = 5 * (RealTexts.TestBlocks + 1) + more;
        HashSet<int> Of(IEnumerable<int> seeds, Func<(IReadOnlyList<int> Train, IReadOnlyList<int> Test),
            IEnumerable<int>> which) => [.. seeds.SelectMany(seed => which(World.Deal(blocks,
                Asked((1 + times % seeds.Count()) * Part(blocks)), seed)))];
        HashSet<int> tuning = Of(World.TuningSeeds, p => p.Train), tested = Of(World.TuningSeeds, p => p.Test),
            train = Of(World.Seeds, p => p.Train), test = Of(World.Seeds, p => p.Test);
        return !tuning.Concat(tested).Intersect(train.Concat(test)).Any() && !train.Overlaps(test)
            && !tuning.Overlaps(tested);
    }

    [Theory]
    [InlineData(14, 64, 20, "The real text has no part for seed 14: it is dealt out to 1, 2, 11, 12, 13.")]
    [InlineData(1, 1281, 20,
        "The real text has 1,280 tokens to train on in the parts of seeds 1, 2, and not 1,281: take less.")]
    [InlineData(11, 64, 401, "The real text has 400 blocks to test a seed on, and not 401: take a smaller scale.")]
    public void What_there_is_not_is_refused_in_one_sentence(int seed, long tokens, int test, string sentence)
    {
        World.Deal(5 * 410, Asked(1280), 1);
        Assert.Equal(sentence, Assert.Throws<ArgumentException>(() =>
            World.Deal(5 * 410, Asked(tokens, test), seed)).Message);
    }

    [Fact]
    public void A_seed_has_blocks_of_English_behind_a_line_end_and_the_same_every_time()
    {
        var (truth, material) = World.Draw(Tiny, 11);
        var data = material.GoalData;
        Assert.Null(truth);
        Assert.Equal((RealTexts.Vocabulary, '\n', 64, 2048, 20 * 64),
            (data.Vocabulary, data.Start, data.Train.Length, data.Train.Tokens, data.Test.Tokens));
        Assert.InRange(data.TestBytes, 2 * data.Test.Tokens, 5 * data.Test.Tokens);
        var again = World.Draw(Tiny, 11).Material.GoalData;
        Assert.Equal(data.Hash, again.Hash);
        Assert.Equal(data.Test.Documents, again.Test.Documents);
        Assert.NotEqual(data.Hash, World.Draw(Tiny, 12).Material.GoalData.Hash);
        Assert.NotEqual(World.Describe(Scale.Ci), (World with { Seeds = [11, 12] }).Describe(Scale.Ci));
    }

    [Fact]
    public async Task Runs_are_measured_tuned_and_judged_by_their_loss()
    {
        var experiment = new Experiment("real", "?", World,
            [new Trained("Transformer", new Joint()), new Counted("unigram", 1),
                new Counted("bigram", 2) { Smoothing = Smoothing.KneserNey }],
            [new("learning", "Training beats counting.", "Transformer", "bigram") { Measure = Experiment.Loss }])
        {
            Seeds = [11, 12],
        };
        var store = new RunStore(folder.Path);
        var records = await new Runner(experiment, Tiny, store).RunAsync();
        foreach (var record in records)
        {
            Assert.True(record.Finished, record.Result?.Error);
            var measures = record.Result!.Measures;
            Assert.Equal([Experiment.Loss, Experiment.UnigramLoss], measures.Keys.Order(StringComparer.Ordinal));
            Assert.Equal(record.Result.TestLoss, measures[Experiment.Loss], 1e-4);
            if (record.Header.Arm == "unigram")
                Assert.Equal(measures[Experiment.UnigramLoss], measures[Experiment.Loss], 1e-12);
        }
        var tuning = store.Read("real", Tiny.Name).Where(r => r.Header.TriedRate is not null)
            .GroupBy(r => r.Header.TriedRate!.Value).MinBy(g => g.Average(r => r.Result!.Measures[Experiment.Loss]))!;
        Assert.Equal(tuning.Key, (double)records[0].Header.Config["arm"]!["schedule"]!["peak"]!, 1e-12);
        var result = Assert.Single(experiment.Judge(records));
        Assert.Equal("differences-loss", Assert.Single(ExperimentFigures.Of(experiment, Tiny,
            store.Read("real", Tiny.Name))).Name);
        Assert.Equal(Agreement.AsPredicted, Reproduction.NewSeed([.. records.Take(2)], records[0]).Agreement);
    }

    [Fact]
    public void Records_depend_on_the_code_that_makes_the_text_and_its_tokens()
    {
        var files = RealTextExperiment.Definition.Files(RealTextExperiment.Definition.Arms[0]);
        Assert.All([nameof(RealTexts), nameof(DotnetDocumentation), nameof(BpeTrainer), nameof(BytePairTokenizer)],
            type => Assert.Single(files, file => file.EndsWith($"/{type}.cs")));
    }

    [Fact]
    public void Costs_are_predicted_of_a_text_that_has_no_part_for_seed_1()
    {
        var experiment = new Experiment("real", "?", new RealTexts([3, 4], [11, 12]), [new Counted("unigram", 1)], [])
        {
            Seeds = [11, 12], TuningSeeds = [3, 4],
        };
        var runner = new Runner(experiment, Tiny, new RunStore(folder.Path));
        Assert.Equal(2, runner.Cost(runner.Needed()).Runs);
    }

    [Fact]
    public async Task What_needs_a_truth_is_recorded_as_impossible()
    {
        var experiment = new Experiment("real", "?", World, [new Counted("unigram", 1)], [])
        {
            Seeds = [11], Measurements = [Measurement.OfLanguage("words", (language, _, _) => language.Vocabulary)],
        };
        var record = Assert.Single(await new Runner(experiment, Tiny, new RunStore(folder.Path)).RunAsync());
        Assert.Equal("'words' can be measured only in a language whose truth is known: leave it out.",
            record.Result!.Error);
    }

    [Fact]
    public void What_the_course_calls_equal_is_equal_within_a_tenth()
    {
        var experiment = RealTextExperiment.Definition;
        var like = experiment.World.Draw(Asked(6_400, 20), 1).Material;
        Trained Arm(string name) => (Trained)experiment.ArmsNamed([name])[0];
        double Flops(string name) => Arm(name).Flops(Arm(name).At(Scale.Laptop), like);
        double Parameters(string name)
        {
            using var generator = new TorchSharp.torch.Generator(0);
            using var model = Arm(name).Strategy.Build(Arm(name).Config(like, Scale.Laptop), generator);
            return model.parameters().Sum(p => p.numel());
        }
        Assert.InRange(Flops("joint, equal FLOPs") / Flops("hierarchical"), 0.97, 1.03);
        Assert.InRange(Flops("all shared") / Flops("one wide layer"), 0.9, 1.1);
        Assert.InRange(Parameters("all shared, wide") / Parameters("unshared"), 0.9, 1.1);
    }
}
