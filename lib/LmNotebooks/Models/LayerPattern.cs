namespace LmNotebooks.Models;

/// <summary>Which layer uses the weights of which: for each layer the first one that has the same, for
/// <see cref="ModelConfig.AttentionOf"/> and <see cref="ModelConfig.FeedForwardOf"/>. One set of weights for all layers
/// is Universal Transformers' (Dehghani et al. 2019) and ALBERT's (Lan et al. 2020); the patterns of several are Takase
/// and Kiyono's (2021).</summary>
public static class LayerPattern
{
    /// <summary>Neighbours share: 0 0 2 2 for two sets of weights in four layers. Where the layers do not divide
    /// evenly, the earlier sets serve one more.</summary>
    /// <exception cref="ArgumentException">There are no sets, or more than layers; one sentence.</exception>
    public static IReadOnlyList<int> Sequence(int sets, int layers) =>
        [.. Enumerable.Range(0, layers).Select(layer => FirstOf(layer * Checked(sets, layers) / layers, sets, layers))];

    /// <summary>The sets take turns: 0 1 0 1 for two sets of weights in four layers.</summary>
    /// <exception cref="ArgumentException">There are no sets, or more than layers; one sentence.</exception>
    public static IReadOnlyList<int> Cycle(int sets, int layers) =>
        [.. Enumerable.Range(0, layers).Select(layer => layer % Checked(sets, layers))];

    /// <summary>The first layer that a sequence gives this set.</summary>
    private static int FirstOf(int set, int sets, int layers) => (set * layers + sets - 1) / sets;

    private static int Checked(int sets, int layers) => sets >= 1 && sets <= layers ? sets
        : throw new ArgumentException($"There are {sets} sets of weights for {layers} layers: there must be at least "
            + "1, and at most one for each layer.");
}
