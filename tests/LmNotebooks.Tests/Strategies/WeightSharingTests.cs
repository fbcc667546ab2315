using LmNotebooks.Models;
using LmNotebooks.Strategies;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Strategies;

public class WeightSharingTests
{
    /// <summary>V = 12, T = 10, C = 16, two heads, four layers. Outside the layers: vectors 192, positions 160, bias
    /// 12, last norm 32. A layer: attention 4 x 256 + 6 x 16, feed-forward 8 x 256 + 7 x 16, each with its
    /// norm.</summary>
    public static TheoryData<WeightSharing, int> All => new()
    {
        { WeightSharing.Tied, 396 + 4 * (1120 + 2160) },
        { WeightSharing.AlbertAll, 396 + 1120 + 2160 },
        { WeightSharing.AlbertWithSteps, 396 + 1120 + 2160 + 4 * 16 },
        { WeightSharing.AlbertAttention, 396 + 1120 + 4 * 2160 },
        { WeightSharing.AlbertFeedForward, 396 + 4 * 1120 + 2160 },
        { WeightSharing.Sequence, 396 + 2 * (1120 + 2160) },
        { WeightSharing.Cycle, 396 + 2 * (1120 + 2160) },
        { WeightSharing.MultiQuery, 396 + 4 * (1120 - 17 * 16 + 2160) }, // keys and values 8 wide, with their biases
        // a translator's source vectors 176, positions 112, last norm 32; the encoder's layers, and the decoder's
        // attention to the source
        { WeightSharing.EncoderDecoder, 396 + 320 + 4 * (1120 + 2160) + 4 * 1120 },
        { WeightSharing.Factorised, 396 - 192 + 12 * 4 + 4 * 16 + 4 * (1120 + 2160) },
    };

    [Theory, MemberData(nameof(All))]
    public void Each_has_as_many_parameters_as_counted_by_hand_and_learns(WeightSharing sharing, int parameters)
    {
        using var generator = new Generator(1);
        var (config, data) = sharing == WeightSharing.EncoderDecoder ? (Small.Translator, Small.TranslationData)
            : (Small.Config, Small.Data);
        var model = sharing.Build(config with { Layers = 4, TieHead = sharing != WeightSharing.Tied }, generator);
        var events = new List<double>();
        var result = new Trainer("test", model, data, Small.Scale.Options, generator)
            .Train(sharing.Stages(model, Small.Plan(8_000, Small.Scale.Schedule, data)), e => events.Add(e.TestLoss));
        Assert.Equal(parameters, result.Parameters);
        Assert.True(events[^1] < events[0] - 0.4, $"from {events[0]} to {events[^1]}");
    }

    [Fact]
    public void The_table_has_every_named_value() => Assert.Equal(
        typeof(WeightSharing)
            .GetProperties(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static).Length,
            All.Count());

    [Fact]
    public void Without_a_name_it_is_the_tied_head() =>
        Assert.True(new WeightSharing().Build(Small.Config with { TieHead = false }, new Generator(1)).Config.TieHead);
}
