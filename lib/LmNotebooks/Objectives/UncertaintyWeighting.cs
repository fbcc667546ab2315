using LmNotebooks.Models;
using static TorchSharp.torch;

namespace LmNotebooks.Objectives;

/// <summary>The weights of tasks are learned with the rest (Kendall, Gal and Cipolla 2018): L = sum of exp(-s) L + s/2
/// over tasks, where s = ln(sigma^2) is what a task's answers are found to be uncertain by. All s begin at 0, at the
/// plain sum; for a loss that stays, the best s is ln(2 L), so that a task of large loss weighs little.</summary>
/// <inheritdoc/>
/// <param name="Uncertainty">The s of all tasks; a stage must train its part.</param>
public sealed record UncertaintyWeighting(IObjective Goal, IReadOnlyList<Aim> Others, TaskUncertainty Uncertainty)
    : Combined(Goal, Others)
{
    public override string Name => $"uncertainty-weighted sum of {Names}";
    public override IReadOnlyList<Part> Temporary => [.. base.Temporary, Uncertainty.Part];

    /// <remarks>What the s themselves cost, a few operations a step, is not counted.</remarks>
    protected override Tensor Combine(Model model, IEnumerable<Tensor> losses, Generator generator)
    {
        var weights = Uncertainty.S.neg().exp();
        return losses.Select((loss, i) => loss.mul(weights[i])).Aggregate((sum, one) => sum.Plus(one))
            .Plus(Uncertainty.S.sum().Over(2));
    }
}
