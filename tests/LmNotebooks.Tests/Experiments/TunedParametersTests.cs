using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Objectives;
using LmNotebooks.Questions;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Experiments;

/// <summary>Arms that fine-tune in other ways: how many numbers train, and what a run says.</summary>
[Collection(nameof(Alone))]
public sealed class TunedParametersTests
{
    private const long C = 16, Layers = 2, Answers = 2;
    private const long Head = (C + 1) * Answers;

    private static readonly Scale Scale = Small.Scale with
    {
        Name = "Few", TrainTokens = 1_000, TestDocuments = 20, Labels = 12,
    };

    private static readonly Labels World =
        new("tiny", [new("polarity", (language, _) => new LatentLabel(language, Latent.Polarity))]);

    private static readonly PretrainThenFineTune Plain = new() { PretrainingShare = 1, Epochs = 3 };

    private static long Of(IStrategy strategy) =>
        TunedParameters.Of(Arm(strategy), World.Draw(Scale, 1).Material, Scale);

    private static FineTuned Arm(IStrategy strategy) => new("arm", strategy) { Sets = 2 };

    private static (IDistribution Model, RunResult Result) Make(IStrategy strategy) =>
        Arm(strategy).Make("run", World.Draw(Scale, 3).Material, Scale, 3, _ => { });

    [Fact]
    public void A_probe_trains_its_head_alone() => Assert.Equal(Head, Of(Plain with { Probe = true }));

    [Theory, InlineData(1), InlineData(3)]
    public void An_update_counts_its_factors_and_the_head(int rank) =>
        // of [3 C, C] and of [C, C]
        Assert.Equal(Head + Layers * rank * ((3 * C + C) + (C + C)),
            Of(new LowRankAdaptation { Plain = Plain, Rank = rank }));

    [Fact]
    public void BitFit_counts_biases_and_norms() =>
        // of a layer two norms, and the biases of [3 C, C], [C, C], [4 C, C] and [C, 4 C]; and the last norm
        Assert.Equal(Head + Layers * (4 * C + 9 * C) + 2 * C, Of(new BitFit { Plain = Plain }));

    [Fact]
    public void Unfreezing_step_by_step_trains_as_much_in_all_as_all_at_once() =>
        Assert.Equal(Of(Plain), Of(new GradualUnfreezing { Plain = Plain }));

    [Fact]
    public void Text_beside_the_answers_trains_both_heads()
    {
        var beside = Plain with { Auxiliary = 0.5 };
        var word = Of(beside) - Of(Plain);
        Assert.True(word > 0);
        Assert.Equal(Of(new BitFit { Plain = Plain }) + word, Of(new BitFit { Plain = beside }));
    }

    public static TheoryData<FineTuningMethod> Methods { get; } = [new GradualUnfreezing { Plain = Plain },
        new LowRankAdaptation { Plain = Plain }, new BitFit { Plain = Plain },
        new LowRankAdaptation { Plain = Plain with { Auxiliary = 0.5, Pretraining = new MaskedLm() } }];

    [Theory, MemberData(nameof(Methods))]
    public void An_arm_reads_as_much_as_the_plain_one_and_costs_hardly_more(FineTuningMethod method)
    {
        var (result, plain) = (Make(method).Result, Make(method.Plain).Result);
        Assert.InRange(result.Tokens, 0.8 * plain.Tokens, 1.3 * plain.Tokens);
        Assert.True(result.Flops < 1.3 * plain.Flops, $"{result.Flops} FLOPs against {plain.Flops}");
        Assert.Equal((plain.Labels, plain.Parameters), (result.Labels, result.Parameters));
        Assert.True(double.IsFinite(result.TestLoss));
    }
}
