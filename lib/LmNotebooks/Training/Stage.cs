using LmNotebooks.Models;
using LmNotebooks.Objectives;

namespace LmNotebooks.Training;

/// <summary>How the learning rate goes: linear warm-up to the peak, then half a cosine down (Loshchilov and Hutter
/// 2017).</summary>
public sealed record Schedule
{
    public double Peak { get; init; } = 3e-3;

    /// <summary>Share of the stage that warms up.</summary>
    public double WarmUp { get; init; } = 0.05;

    /// <summary>Rate at the end, as a share of the peak.</summary>
    public double Final { get; init; } = 0.1;

    /// <summary>The rate when a share of the stage, 0 to 1, is done.</summary>
    public double At(double done) => done < WarmUp
        ? Peak * (done + 1e-3) / (WarmUp + 1e-3)
        : Peak * (Final + (1 - Final) * 0.5 * (1 + Math.Cos(Math.PI * (done - WarmUp) / (1 - WarmUp))));
}

/// <summary>One sentence of a method: these parts train on this objective for so many tokens. Parts that are not named
/// stay as they are.</summary>
/// <param name="Tokens">Budget in predicted tokens; the stage ends with the batch that reaches it.</param>
public sealed record Stage(string Name, IObjective Objective, IReadOnlyList<Part> Train, long Tokens)
{
    public Schedule Schedule { get; init; } = new();

    /// <summary>Parts of the model that are drawn anew when the stage begins.</summary>
    public IReadOnlyList<Part> Reset { get; init; } = [];

    /// <summary>Names of the earlier stages whose outcome this one needs; null for all of them. It could run beside the
    /// others, and that is all it says: a trainer runs one stage after another.</summary>
    public IReadOnlyList<string>? Needs { get; init; }
}

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
