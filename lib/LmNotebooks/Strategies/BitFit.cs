using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;

namespace LmNotebooks.Strategies;

/// <summary>BitFit (Ben Zaken et al. 2022): fine-tuning trains the head and of the body only the biases and the norms:
/// what a matrix finds is kept, and how much of it counts is learned.</summary>
public sealed record BitFit : FineTuningMethod
{
    public override string Name => "BitFit";

    protected override IReadOnlyList<Stage> Tune(Model model, Stage whole)
    {
        // All vectors of the body are biases, or belong to norms.
        WeightUpdate update = new("update of biases", model, m =>
            m.Body.Module.parameters().Where(weights => weights.dim() == 1));
        return [Updating(model, whole, update)];
    }
}
