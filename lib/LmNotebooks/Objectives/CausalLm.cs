using LmNotebooks.Models;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Objectives;

/// <summary>Predict each token from those before it: -ln M(x_t | x_1 .. x_{t-1}), the objective of GPT (Radford et al.
/// 2018). A translator does so given what it translates, which makes it the objective of sequence to sequence
/// (Sutskever et al. 2014).</summary>
public sealed record CausalLm : IObjective
{
    /// <summary>The way through the model that is trained; parts that stand in are temporary.</summary>
    public Detour Way { get; init; } = Detour.None;

    public string Name => $"causal LM{Way}";
    public IReadOnlyList<Part> Temporary => Way.Parts;

    // Every token is a target, so the model's own loss is the objective.
    public Loss Of(Model model, Batch batch, Generator generator) => new(model.Loss(batch, Way), batch.Tokens);

    // A detour costs what it goes through, not what the model itself would.
    public IEnumerable<Application> Applications(Model model, Extent text) => model.Applications(text, Way);
}
