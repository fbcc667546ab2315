using LmNotebooks.Models;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>Parts of the model that have the same weights; they train as everything does in <see cref="Joint"/>. The
/// width, depth and heads are those of the given model. All but <see cref="Tied"/> and <see cref="Factorised"/> are
/// patterns of a Transformer's layers, and <see cref="EncoderDecoder"/> is for translators.</summary>
public sealed record WeightSharing : IStrategy
{
    /// <summary>The output matrix is the token embedding (Press and Wolf 2017).</summary>
    public static WeightSharing Tied { get; } = new();

    /// <summary>All layers are one (Dehghani et al. 2019; Lan et al. 2020, ALBERT).</summary>
    public static WeightSharing AlbertAll { get; } = Pattern("ALBERT all", layers => LayerPattern.Cycle(1, layers));

    /// <summary>All layers are one, to which a vector tells the how manieth of them it is being (Dehghani et al.
    /// 2019).</summary>
    public static WeightSharing AlbertWithSteps { get; } =
        new("ALBERT all, step vectors", c => AlbertAll.share(c) with { StepVectors = true });

    /// <summary>All layers have the same attention (Lan et al. 2020).</summary>
    public static WeightSharing AlbertAttention { get; } =
        new("ALBERT attention", c => c with { AttentionOf = LayerPattern.Cycle(1, c.Layers) });

    /// <summary>All layers have the same feed-forward part (Lan et al. 2020).</summary>
    public static WeightSharing AlbertFeedForward { get; } =
        new("ALBERT feed-forward", c => c with { FeedForwardOf = LayerPattern.Cycle(1, c.Layers) });

    /// <summary>Two neighbours are one layer, as in 0 0 2 2 (Takase and Kiyono 2021).</summary>
    public static WeightSharing Sequence { get; } =
        Pattern("sequence", layers => LayerPattern.Sequence((layers + 1) / 2, layers));

    /// <summary>Half as many layers as there are take turns, as in 0 1 0 1 (Takase and Kiyono 2021).</summary>
    public static WeightSharing Cycle { get; } =
        Pattern("cycle", layers => LayerPattern.Cycle((layers + 1) / 2, layers));

    /// <summary>All heads of a layer look at the same keys and values (Shazeer 2019). It is the one that saves
    /// calculations in each layer.</summary>
    public static WeightSharing MultiQuery { get; } = new("multi-query", c => c with { MultiQuery = true });

    /// <summary>Token vectors a quarter as wide as the body, and one matrix that widens them all (Lan et al.
    /// 2020).</summary>
    public static WeightSharing Factorised { get; } =
        new("factorised", c => c with { VectorWidth = Math.Max(1, c.Width / 4) });

    /// <summary>The layers of a translator's decoder are those of its encoder, but for the attention to the source (Xia
    /// et al. 2019).</summary>
    public static WeightSharing EncoderDecoder { get; } =
        new("encoder and decoder", c => c with { ShareEncoder = true });

    private readonly Func<ModelConfig, ModelConfig> share;

    /// <summary>As <see cref="Tied"/>.</summary>
    public WeightSharing() : this("tied", c => c with { TieHead = true }) { }

    /// <param name="share">Says in a model's description what it shares.</param>
    public WeightSharing(string name, Func<ModelConfig, ModelConfig> share) => (Name, this.share) = (name, share);

    public string Name { get; }

    // What is shared is decided when the model is made; its training is that of any other.
    public Model Build(ModelConfig config, Generator generator) => share(config).Build(generator);

    public IReadOnlyList<Stage> Stages(Model model, Plan plan) => new Joint().Stages(model, plan);

    private static WeightSharing Pattern(string name, Func<int, IReadOnlyList<int>> of) =>
        new(name, c => c with { AttentionOf = of(c.Layers), FeedForwardOf = of(c.Layers) });
}
