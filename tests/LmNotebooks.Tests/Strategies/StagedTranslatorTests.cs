using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Strategies;

/// <summary>Translators learn, whatever trains them, and the encoder's stage does what it says.</summary>
public sealed class StagedTranslatorTests : IDisposable
{
    private static readonly LinguaPair Tiny = LinguaPair.Preset("tiny", 1);
    private static readonly Dataset Data = Dataset.Of(Tiny, 60_000, 300, 1);
    private static readonly Scale Scale = Small.Scale with { Width = 32, TrainTokens = 60_000,
        Schedule = new Schedule { Peak = 3e-3 }, Options = Small.Scale.Options with { BatchRows = 12 } };

    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<IStrategy, double> All => new()
    {
        { new Joint(), 0.4 }, { WeightSharing.EncoderDecoder, 0.4 }, { WeightSharing.AlbertAll, 0.5 },
        { new StagedTranslator(), 0.8 }, { new StagedTranslator { EncoderShare = 0 }, 0.8 },
    };

    /// <summary>The exact language is the limit: over the same test translations a model stays above it, but for
    /// chance.</summary>
    [Theory, MemberData(nameof(All))]
    public async Task A_translator_comes_near_the_exact_translations_and_never_below_them(IStrategy strategy,
        double most)
    {
        var (model, record) = await Run.Train<EncoderDecoder>(strategy, new Material(Data), Scale, 1, folder.Path,
            "tiny");
        double Loss(IDistribution of) => -Data.LogProbabilities(of).Sum(d => d.Sum()) / Data.Test.Tokens;
        var (loss, floor, unigram) = (Loss(model), Loss(Tiny),
            Loss(NgramModel.Fit(1, Data.Vocabulary, Data.Train.Documents)));
        double[] differences = [.. Tiny.LogProbabilities(Data.Test.Examples)
            .Zip(model.LogProbabilities(Data.Test.Examples), (p, q) => p.Sum() - q.Sum())];
        var (mean, n) = (differences.Average(), differences.Length);
        var error = Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / n / (n - 1));
        Assert.True(mean > -3 * error, $"{mean} below the truth, with a standard error of {error}");
        Assert.Equal(record.Events[^1].TestLoss, loss, 1e-4);
        Assert.True(loss - floor < most * (unigram - floor), $"{loss - floor} of {unigram - floor}");
    }

    [Fact]
    public void The_encoder_trains_first_through_parts_of_its_own_and_then_stays()
    {
        using var model = new StagedTranslator { EncoderShare =
            0.4 }.Build(Small.Translator with { ShareEncoder = true }, new Generator(1));
        var stages = new StagedTranslator { EncoderShare = 0.4 }.Stages(model, Small.Plan(1000, new Schedule()));
        Assert.Equal([("encoder", 400), ("decoder", 600)], stages.Select(s => (s.Name, s.Tokens)));
        Assert.Equal(["source", "encoder", "embedding", "temporary decoder", "temporary head"], stages[0]
            .Train.Select(p => p.Name));
        Assert.Equal(["embedding", "body", "head"], stages[1].Train.Select(p => p.Name));
        Assert.Equal([model.Embedding], stages[1].Reset);
        Assert.False(model.Config.ShareEncoder || model.Config.TieHead);
    }

    [Fact]
    public void Without_a_share_for_the_encoder_there_is_one_stage_and_nothing_temporary()
    {
        using var model = new StagedTranslator().Build(Small.Translator, new Generator(1));
        var stage = Assert.Single(new StagedTranslator { EncoderShare = 0 }.Stages(model,
            Small.Plan(1000, new Schedule())));
        Assert.Equal(("decoder", 1000L, 0), (stage.Name, stage.Tokens, stage.Temporary.Count()));
    }
}
