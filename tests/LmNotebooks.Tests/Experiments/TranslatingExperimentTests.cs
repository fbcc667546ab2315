using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;

namespace LmNotebooks.Tests.Experiments;

/// <summary>An experiment about translating between a pair of languages.</summary>
[Collection(nameof(Alone))]
public sealed class TranslatingExperimentTests : IDisposable
{
    private static readonly Scale Scale = Small.Scale with { Name = "Small", TrainTokens = 600, TestDocuments = 20 };

    private static readonly Experiment Translating = new("translating", "Which translates?", new Translations("tiny"),
        [new Trained("joint", new Joint()), new Trained("staged", new StagedTranslator()), new Counted("unigram", 1)],
            [])
    {
        Seeds = [11, 12],
    };

    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    private RunStore Store => new(folder.File("store"));

    private Task<IReadOnlyList<RunRecord>> Make(Experiment experiment) => new Runner(experiment, Scale, Store)
        .RunAsync();

    [Fact]
    public async Task Its_runs_have_the_three_measures_of_every_run_against_the_exact_translations()
    {
        var records = await Make(Translating);
        Assert.Equal([("joint", 11), ("joint", 12), ("staged", 11), ("staged", 12), ("unigram", 11), ("unigram", 12)],
            records.Select(r => (r.Header.Arm, r.Header.Seed)));
        foreach (var record in records)
        {
            Assert.True(record.Finished, record.Result!.Error);
            var pair = LinguaPair.Preset("tiny", record.Header.Seed);
            var data = Dataset.Of(pair, Scale.TrainTokens, Scale.TestDocuments, record.Header.Seed);
            double Loss(IReadOnlyList<double[]> of) => -of.Sum(d => d.Sum()) / data.Test.Tokens;
            var floor = Loss(pair.LogProbabilities(data.Test.Examples));
            var gap = Loss(NgramModel.Fit(1, data.Vocabulary, data.Train.Documents)
                .LogProbabilities(data.Test.Documents)) - floor;
            var measures = record.Result.Measures;
            Assert.Equal([Experiment.Excess, Experiment.Floor, Experiment.UnigramGap],
                measures.Keys.Order(StringComparer.Ordinal));
            Assert.Equal(data.Hash, record.Header.DataHash);
            Assert.Equal(floor, measures[Experiment.Floor], 1e-12);
            Assert.Equal(record.Result.TestLoss - floor, measures[Experiment.Excess], 1e-4);
            Assert.Equal(gap, measures[Experiment.UnigramGap], 1e-12);
            Assert.True(gap > 0.1, $"{gap}");
            if (record.Header.Arm == "unigram") Assert.Equal(gap, measures[Experiment.Excess], 1e-12);
            else Assert.True(record.Events[^1].TestLoss < record.Events[0].TestLoss);
        }
    }

    [Fact]
    public async Task The_same_definition_about_one_language_is_another_experiment()
    {
        await Make(Translating);
        Assert.All(Translating.Runs(Scale, Store), r => Assert.Equal(RunState.Fresh, r.State));
        Assert.All((Translating with { World = new Texts("tiny") }).Runs(Scale, Store), r =>
            Assert.NotEqual(RunState.Fresh, r.State));
    }

    [Fact]
    public async Task A_measurement_of_translations_is_given_the_pair_and_the_translator()
    {
        Measurement measured = new("of a pair",
            (pair, model, data) => pair is LinguaPair && model is IConditionalDistribution
                ? data.Test.Examples.Count : -1);
        var records = await Make(Translating with { Arms = [Translating.Arms[0]], Measurements = [measured] });
        Assert.All(records, r => Assert.Equal(Scale.TestDocuments, r.Result!.Measures["of a pair"]));
    }

    [Fact]
    public async Task Sums_of_pieces_are_recorded_as_impossible_where_the_pieces_are_not_known_and_the_other_arms_go_on()
    {
        var records = await Make(Translating with { Arms =
            [new Trained("subwords", new Joint()) { Subwords = true }, new Counted("unigram", 1)] });
        Assert.All(records, r => Assert.Equal(r.Header.Arm == "unigram", r.Finished));
        Assert.Matches(@"^subwords has Subwords, and the words of translations, seed \d+ have no known pieces: leave it out\.$", records[0].Result!.Error);
    }
}
