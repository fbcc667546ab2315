using LmNotebooks.Models;
using LmNotebooks.Tokens;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Objectives;

/// <summary>Predict each token from those before it: -ln M(x_t | x_1 .. x_{t-1}), the objective of GPT (Radford et al. 2018).</summary>
public sealed record CausalLm : IObjective
{
    public string Name => "causal LM";

    public Tensor Loss(LanguageModel model, Batch batch, Generator generator)
    {
        var logits = model.call(batch.Inputs);                                                        // [B, T, V]
        return functional.cross_entropy(logits.flatten(0, 1), batch.Targets.flatten(), ignore_index: Corpus.Nothing);
    }
}
