using LmNotebooks.Models;
using LmNotebooks.Tokens;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LmNotebooks.Objectives;

/// <summary>Gradient surgery (Yu et al. 2020): where the gradients of two tasks conflict, each is projected off the
/// other before all are summed. Only weights that several tasks use are concerned; to its own a task brings its own
/// gradient.</summary>
/// <inheritdoc/>
public sealed record PcGrad(IObjective Goal, IReadOnlyList<Aim> Others) : Combined(Goal, Others)
{
    private const double Tiny = 1e-38;   // keeps a gradient of 0 from being divided by

    /// <summary>Rows of a batch: what is done once a step is counted a row of it.</summary>
    public required int BatchRows { get; init; }

    public override string Name => $"PCGrad of {Names}";

    /// <returns>The plain sum of the losses, whose gradient is the projected one.</returns>
    protected override Tensor Combine(Model model, IEnumerable<Tensor> losses, Generator generator)
    {
        var (shared, own) = Weights(model);
        List<Parameter> all = [.. shared, .. own];
        var (values, gradients) = (new List<Tensor>(), new List<Tensor>());
        foreach (var loss in losses)
        {
            // A backward pass for each task: which way would it move each weight?
            gradients.Add(Gradient(loss, all));                                                       // [N]
            values.Add(loss.detach());
        }

        // Conflicts are settled where weights are shared, and the rest stays as it is.
        var N = shared.Sum(w => w.numel());
        var parts = Projected([.. gradients.Select(g => g.narrow(0, 0, N))], generator)
            .Zip(gradients, (projected, g) => cat([projected, g.narrow(0, N, g.size(0) - N)]));
        var gradient = Sum(parts);

        // d(g w)/dw = g: that is the gradient of what is added to the sum, whose value is 0.
        var pull = Dot(gradient, Flat(all));
        return Sum(values).Plus(pull.sub(pull.detach()));
    }

    /// <summary>Each gradient, projected off those of the others that it conflicts with, in random order: g - (g h /
    /// h h) h where g h is below 0.</summary>
    /// <param name="gradients">Of T tasks, each [N].</param>
    /// <param name="generator">What the orders are drawn from, one for each task.</param>
    public static IReadOnlyList<Tensor> Projected(IReadOnlyList<Tensor> gradients, Generator generator)
    {
        var squares = gradients.Select(h => Scalars.With(Tiny, tiny => Dot(h, h).clamp_min(tiny))).ToList();
        return [.. gradients.Select((g, i) =>
        {
            using var drawn = randperm(gradients.Count, generator: generator);
            foreach (var j in drawn.data<long>().ToArray().Select(n => (int)n).Where(j => j != i))
                // no conflict, nothing to take away
                g = g.sub(Dot(g, gradients[j]).clamp_max(Scalars.Zero).div(squares[j]).mul(gradients[j]));
            return g;
        })];
    }

    /// <remarks>Each task is its own batch, so that a backward pass for each costs no more than one through their sum.
    /// Besides there are, once a step, T squares, and T (T - 1) products of two gradients and as many subtractions, of
    /// two operations for each shared weight.</remarks>
    /// <inheritdoc/>
    public override IEnumerable<Application> Applications(Model model, Extent text)
    {
        var N = Weights(model).Shared.Sum(w => w.numel());
        var surgery = 2.0 * N * Tasks * (2 * Tasks - 1);
        // Before all else nothing trains, so that it is counted once.
        return [new(null, surgery / (BatchRows * text.Length)) { OfSource = true }, .. base.Applications(model, text)];
    }

    /// <summary>The weights that train, of parts that several tasks use and of the others.</summary>
    private (IReadOnlyList<Parameter> Shared, IReadOnlyList<Parameter> Own) Weights(Model model)
    {
        var uses = Objectives.SelectMany(task => task.Uses(model).Concat(task.Temporary).Distinct())
            .CountBy(part => part).ToList();
        IReadOnlyList<Parameter> Of(Func<int, bool> asked) => [.. uses.Where(use => asked(use.Value))
            .SelectMany(use => use.Key.Module.parameters()).Where(w => w.requires_grad).Distinct()];
        var shared = Of(tasks => tasks > 1);
        return (shared, [.. Of(tasks => tasks == 1).Except(shared)]);
    }

    /// <summary>The gradient of a loss by weights, [N]. What their gradients are so far is left as it is.</summary>
    private static Tensor Gradient(Tensor loss, IReadOnlyList<Parameter> weights)
    {
        var before = weights.Select(w => w.grad).ToList();
        foreach (var w in weights) w.grad = null;
        loss.backward();
        var gradient = cat([.. weights.Select(w => (w.grad ?? zeros_like(w)).flatten())]);
        foreach (var (w, was) in weights.Zip(before)) w.grad = was;
        return gradient;
    }

    /// <summary>a b, a scalar, of two vectors, with numbers or, on the meta device, without.</summary>
    private static Tensor Dot(Tensor a, Tensor b) => a.mul(b).sum();

    private static Tensor Flat(IReadOnlyList<Parameter> weights) => cat([.. weights.Select(w => w.flatten())]);

    private static Tensor Sum(IEnumerable<Tensor> terms) => terms.Aggregate((sum, one) => sum.Plus(one));
}
