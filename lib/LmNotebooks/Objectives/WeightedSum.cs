using System.Globalization;
using LmNotebooks.Models;
using static TorchSharp.torch;

namespace LmNotebooks.Objectives;

/// <summary>L = w_1 L_1 + ... + w_T L_T, with weights that stay: scalarisation.</summary>
/// <inheritdoc/>
public sealed record WeightedSum(IObjective Goal, IReadOnlyList<Aim> Others) : Combined(Goal, Others)
{
    /// <summary>The weights of the goal and of the other tasks, in their order. They are scaled to a mean of 1, so that
    /// equal ones, which they are if nothing is said, make the plain sum.</summary>
    /// <exception cref="ArgumentException">There are more or fewer than tasks, one is below 0, or all are 0; one
    /// sentence.</exception>
    public IReadOnlyList<double> Weights { get; init => field = Scaled(value, Others.Count + 1); } =
        [.. Enumerable.Repeat(1.0, Others.Count + 1)];

    public override string Name => $"sum of {Names}, weighted {string.Join(" : ",
        Weights.Select(w => w.ToString(CultureInfo.InvariantCulture)))}";

    protected override Tensor Combine(Model model, IEnumerable<Tensor> losses, Generator generator) =>
        losses.Zip(Weights, (loss, w) => Scalars.With(w, held => loss.mul(held)))
            .Aggregate((sum, one) => sum.Plus(one));

    private static IReadOnlyList<double> Scaled(IReadOnlyList<double> weights, int tasks)
    {
        if (weights.Count != tasks)
            throw new ArgumentException($"There are {weights.Count} weights for {tasks} tasks: give one for the goal, "
                + "and one for each other task.");
        if (weights.Any(w => !(w >= 0 && double.IsFinite(w))) || weights.All(w => w == 0))
            throw new ArgumentException($"The weights are {string.Join(", ", weights)}: none can be below 0, and at "
                + "least one must be above.");
        return [.. weights.Select(w => w * tasks / weights.Sum())];
    }
}
