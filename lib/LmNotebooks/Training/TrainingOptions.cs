namespace LmNotebooks.Training;

/// <summary>What all stages of a run have in common.</summary>
public sealed record TrainingOptions
{
    /// <summary>Rows in a batch, B; the mean where rows differ in length, since batches of longer rows have
    /// fewer.</summary>
    public int BatchRows { get; init; } = 4;

    /// <summary>Gradients are scaled down to this norm.</summary>
    public double Clip { get; init; } = 1;

    /// <summary>Decoupled weight decay of matrices; vectors have none.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Evaluations on the test corpus over the run, besides the one before it.</summary>
    public int Evaluations { get; init; } = 20;
}
