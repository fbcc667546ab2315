using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Lessons;
using LmNotebooks.Models;
using LmNotebooks.Questions;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;

namespace LmNotebooks.Tests.Experiments;

/// <summary>What arms of an experiment change of their runs, and what records of them say and depend on.</summary>
[Collection(nameof(Alone))]
public sealed class ArmTests : IDisposable
{
    private const int Seed = 11;

    private static readonly Scale Scale = Small.Scale with
    {
        Name = "Small", TrainTokens = 600, TestDocuments = 5,
            Options = new TrainingOptions { BatchRows = 4, Evaluations = 3 },
    };

    private static readonly Trained Joint = new("joint", new Joint());

    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>What was drawn, as measures of the run.</summary>
    private static readonly Measurement[] Drawn =
    [
        Measurement.OfLanguage("tokens drawn", (_, _, data) => data.Train.Tokens),
            Measurement.OfLanguage("documents drawn", (_, _, data) => data.Train.Rows),
    ];

    private static Experiment Of(params Arm[] arms) =>
        new("arms", "What do arms change?", new Texts("tiny"), arms, []) { Seeds = [Seed], Measurements = Drawn };

    private RunStore Store => new(folder.File("store"));

    private Task<IReadOnlyList<RunRecord>> Make(Experiment experiment) =>
        new Runner(experiment, Scale, Store) { Jobs = 1 }.RunAsync();

    [Fact]
    public async Task Texts_that_are_read_three_times_are_drawn_for_a_third_of_the_tokens()
    {
        var records = await Make(Of(Joint, Joint with { Name = "thrice", Passes = 3 },
            new Counted("counted", 1) { Passes = 3 }));
        Dataset Drawn(long tokens) => Dataset.Of(Lingua.Preset("tiny", Seed), tokens, Scale.TestDocuments, Seed);
        foreach (var (record, tokens) in records.Zip([600L, 200, 200]))
        {
            Assert.True(record.Finished, record.Result!.Error);
            var (data, measures) = (Drawn(tokens), record.Result.Measures);
            Assert.Equal((data.Hash, data.Train.Tokens, data.Train.Rows),
                (record.Header.DataHash, measures["tokens drawn"], measures["documents drawn"]));
            Assert.InRange(measures["tokens drawn"], tokens, tokens + data.Train.Length);
        }
        var batch = 2 * Scale.Options.BatchRows * Drawn(600).Train.Length; // more than there is in the last one
        Assert.All(records.Take(2), r => Assert.InRange(r.Result!.Tokens, 600, 600 + batch));
        Assert.Equal(Drawn(200).Train.Tokens, records[2].Result!.Tokens); // counting reads once
        Assert.Equal(records[0].Result!.Measures[Experiment.Floor], records[1].Result!.Measures[Experiment.Floor]);
    }

    [Fact]
    public async Task Reading_more_often_makes_another_run()
    {
        await Make(Of(Joint));
        RunState State(int passes) => Of(Joint with { Passes = passes }).Runs(Scale, Store)[0].State;
        Assert.Equal((RunState.Fresh, RunState.DefinitionChanged), (State(1), State(2)));
    }

    [Fact]
    public async Task An_arm_can_have_another_schedule_and_other_options_than_the_scale_and_its_record_says_so()
    {
        var other = Joint with
        {
            Name = "other",
            At = scale => scale with
            {
                Width = 2 * scale.Width, Schedule = scale.Schedule with { Final = 1 },
                    Options = scale.Options with { Evaluations = 6 },
            },
        };
        var records = await Make(Of(Joint, other));
        Assert.Equal([3 + 1, 6 + 1], records.Select(r => r.Events.Count));
        Assert.Equal([0.1, 1], records.Select(r => (double)r.Header.Config["arm"]!["schedule"]!["final"]!));
        Assert.Equal([3, 6], records.Select(r => (int)r.Header.Config["arm"]!["training"]!["evaluations"]!));
        Assert.Equal([16, 32], records.Select(r => (int)r.Header.Config["arm"]!["model"]!["width"]!));
        Assert.True(records[1].Result!.Parameters > 2 * records[0].Result!.Parameters);
        Assert.Equal(records[0].Header.DataHash, records[1].Header.DataHash);
        Assert.Equal(RunState.DefinitionChanged, Of(Joint, other with { At = scale => scale }).Runs(Scale, Store)[1]
            .State);
    }

    [Fact]
    public async Task What_an_arm_changes_of_the_test_makes_its_record_stale_and_no_other()
    {
        var other = Joint with { Name = "other", At = scale => scale with { TestDocuments = 7 } };
        await Make(Of(Joint, other));
        RunState[] States(Arm changed) => [.. Of(Joint, changed).Runs(Scale, Store).Select(run => run.State)];
        Assert.Equal([RunState.Fresh, RunState.Fresh], States(other));
        Assert.Equal([RunState.Fresh, RunState.Fresh], States(other with { At = scale => scale with { TestDocuments = 7,
            Labels = 3 } }));   // of texts nothing is asked
        Assert.Equal([RunState.Fresh, RunState.DefinitionChanged], States(other with { At = scale => scale }));
        Assert.Equal([RunState.Fresh, RunState.DefinitionChanged],
            States(other with { At = scale => scale with { TestDocuments = 8 } }));
    }

    [Fact]
    public void How_many_answers_there_are_to_learn_from_is_part_of_a_world_with_questions()
    {
        var world = new Labels("tiny", [new("topic", (language, _) => new LatentLabel(language, Latent.Topic))]);
        Assert.NotEqual(world.Describe(Scale), world.Describe(Scale with { Labels = 1 + Scale.Labels }));
        Assert.Equal(new Texts("tiny").Describe(Scale), new Texts("tiny").Describe(Scale with { Labels = 1 }));
    }

    [Fact]
    public async Task An_arm_whose_words_are_sums_of_pieces_says_so_and_no_other_arm_speaks_of_pieces()
    {
        var subwords = Joint with { Name = "subwords", Subwords = true };
        var records = await Make(Of(Joint, subwords, new Trained("greedy", new GreedyLayerwise()),
            new Counted("counted", 2)));
        Assert.All(records, r => Assert.True(r.Finished, r.Result!.Error));
        Assert.Equal([false, true, false, false],
            records.Select(r => r.Header.Config.ToJsonString().Contains("subwords\":")));
        Assert.True((bool)records[1].Header.Config["arm"]!["subwords"]!);
        var pieces = Pieces.Of(Lingua.Preset("tiny", Seed).Words, Morphology.Segment).Count;
        Assert.Equal((Lingua.Preset("tiny", Seed).Vocabulary - pieces) * Scale.Width, records[0]
            .Result!.Parameters - records[1].Result!.Parameters);
        Assert.NotEqual(records[0].Header.DefinitionHash, records[1].Header.DefinitionHash);
        Assert.Equal(RunState.DefinitionChanged, Of(Joint, subwords with { Subwords = false }).Runs(Scale, Store)[1]
            .State);
    }

    [Fact]
    public void Subwords_are_refused_for_data_without_pieces()
    {
        var arm = Joint with { Name = "subwords", Subwords = true };
        Assert.Equal("subwords has Subwords, and the words of successors have no known pieces: leave it out.",
            Assert.Throws<ArgumentException>(() => arm.Config(new(Small.Data), Scale)).Message);
        Assert.Equal("subwords has Subwords, and the words of backwards have no known pieces: leave it out.",
            Assert.Throws<ArgumentException>(() => arm.Config(new(Small.TranslationData), Scale)).Message);
        Assert.Null(Joint.Config(new(Small.Data), Scale).Pieces);
    }

    [Fact]
    public async Task Strategies_that_differ_in_a_number_make_different_runs()
    {
        Trained Frozen(string name, FrozenInterface strategy) => new(name, strategy);
        Arm[] arms =
        [
            Frozen("a", new()), Frozen("b", new() { InterfaceShare = 0.25 }), Frozen("c", new() { FirstLayers = 1 }),
            Frozen("d", new() { InterfaceShare = 0 }), Frozen("e", new() { InterfaceShare = 0, Seed = 1 }),
        ];
        var records = await Make(Of(arms));
        Assert.All(records, r => Assert.True(r.Finished, r.Result!.Error));
        Assert.Equal(5, records.Select(r => r.Header.Config["arm"]!.ToJsonString()).Distinct().Count());
        Assert.Equal(5, records.Select(r => r.Events[^1].TestLoss).Distinct().Count());
        var changed = Of([Frozen("a", new() { InterfaceShare = 0.25 }), .. arms[1..]]).Runs(Scale, Store);
        Assert.Equal([RunState.DefinitionChanged, .. Enumerable.Repeat(RunState.Fresh, 4)],
            changed.Select(r => r.State));
    }

    /// <summary>The course's own measurements stand in a file of the library, those of this test in none.</summary>
    [Fact]
    public async Task A_record_depends_on_the_file_in_which_its_measurements_are_written()
    {
        var measured = Course.Named("sharing").Measurements.Single(m => m.Name == "excess on training text");
        var with = (await Make(Of(Joint) with { Measurements = [measured] }))[0];
        var without = (await Make(Of(Joint) with { Name = "arms without", Measurements = [] }))[0];
        var here = (await Make(Of(Joint) with { Name = "arms here" }))[0];
        Assert.All([with, without, here], r => Assert.True(r.Finished, r.Result!.Error));
        Assert.Contains("Lessons/Measurements.cs", (Of(Joint) with { Measurements = [measured] }).Files(Joint));
        Assert.DoesNotContain("Lessons/Measurements.cs", Of(Joint).Files(Joint));
        Assert.NotEqual(with.Header.SourceHash, without.Header.SourceHash);
        Assert.Equal(without.Header.SourceHash, here.Header.SourceHash);
    }
}
