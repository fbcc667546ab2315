using LmNotebooks.Models;
using LmNotebooks.Tokens;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Objectives;

/// <summary>Predict each token from those before it: -ln M(x_t | x_1 .. x_{t-1}), the objective of GPT (Radford et al. 2018).</summary>
public sealed record CausalLm : IObjective
{
    /// <summary>A matrix [V, C] that stands in the place of the model's head, <see cref="TemporaryPart.Vectors"/>: a body can train before
    /// there is a head for it. Null for the model's own head.</summary>
    public Part? Probe { get; init; }

    public string Name => Probe is null ? "causal LM" : $"causal LM through {Probe.Name}";
    public IReadOnlyList<Part> Temporary => Probe is null ? [] : [Probe];

    public Tensor Loss(LanguageModel model, Batch batch, Generator generator)
    {
        var logits = Probe is null ? model.call(batch.Inputs)                                         // [B, T, V]
            : functional.linear(model.Encode(batch.Inputs), ((Embedding)Probe.Module).weight!);
        return functional.cross_entropy(logits.flatten(0, 1), batch.Targets.flatten(), ignore_index: Corpus.Nothing);
    }

    public IEnumerable<Application> Applications(LanguageModel model, int length) => model.Applications(length, Probe);
}
