using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;
using TorchSharp.Modules;

namespace LmNotebooks.Strategies;

/// <summary>LoRA (Hu et al. 2021): fine-tuning leaves all as it is but the head, and adds to the matrices of attention
/// products of low rank, which train: W + B A. Few numbers a goal are to be kept then, and no matrix is there twice
/// while the model reads. Of a recurrent body, all matrices are updated.</summary>
public sealed record LowRankAdaptation : FineTuningMethod
{
    public override string Name => "LowRankAdaptation";

    /// <summary>Rank of the products, r.</summary>
    public int Rank { get; init; } = 4;

    protected override IReadOnlyList<Stage> Tune(Model model, Stage whole)
    {
        WeightUpdate update = new($"update of rank {Rank}", model, Matrices, Rank);
        return [Updating(model, whole, update)];
    }

    /// <summary>The matrices of queries, keys and values, and those after the heads of attention.</summary>
    private static IEnumerable<Parameter> Matrices(Model model)
    {
        var attention = model.Body.Module.modules().OfType<Attention>().ToList();
        return (attention.Count == 0 ? model.Body.Module.parameters() : attention.SelectMany(a => a.parameters()))
            .Where(weights => weights.dim() == 2);
    }
}
