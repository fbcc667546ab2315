namespace LmNotebooks.Strategies;

/// <summary>How the losses of several tasks become one.</summary>
public enum Combination
{
    /// <summary>A sum with weights that stay.</summary>
    WeightedSum,

    /// <summary>A sum with weights that are learned.</summary>
    UncertaintyWeighting,

    /// <summary>A sum of gradients that no longer conflict.</summary>
    PcGrad,
}
