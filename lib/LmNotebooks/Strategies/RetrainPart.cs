using LmNotebooks.Models;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>Trains a model, draws one of its parts anew, and trains that part again, at a constant rate after warm-up,
/// so that what it costs does not depend on how long it trains: what does it cost to replace it?</summary>
public sealed record RetrainPart : IStrategy
{
    public string Name => "RetrainPart";

    /// <summary>How the model is trained before one of its parts is replaced.</summary>
    public IStrategy First { get; init; } = new Joint();

    /// <summary>Name of the part that is replaced; it can be a layer of the body.</summary>
    public string Part { get; init; } = "body";

    /// <summary>Whether the named part is the only one that is kept, and all others are replaced.</summary>
    public bool Keep { get; init; }

    /// <summary>Whether the parts that are not replaced stay as they are; otherwise they train on with what
    /// is.</summary>
    public bool Freeze { get; init; } = true;

    /// <summary>Share of the tokens for training again.</summary>
    public double Share { get; init; } = 0.5;

    public Model Build(ModelConfig config, Generator generator) => First.Build(config, generator);

    public IReadOnlyList<Stage> Stages(Model model, Plan plan)
    {
        // A part can be as small as a layer.
        var parts = model.Parts.SelectMany(p => p.All).ToList();
        var part = parts.FirstOrDefault(p => p.Name == Part)
            ?? throw new ArgumentException($"There is no part '{Part}' to train again: it is one of "
                + $"{string.Join(", ", parts.Select(p => p.Name))}.");

        // What is drawn anew: the part, or all but it.
        IReadOnlyList<Part> replaced = Keep ? [.. model.Parts.Except([part])] : [part];

        // The whole model is trained first, as if nothing were to come.
        var again = (long)(Share * plan.Tokens);
        return
        [
            .. First.Stages(model, plan with { Tokens = plan.Tokens - again }),
            // Then the replacement learns to fit among parts that stay as they are.
            new("again", [plan.Goal], Freeze ? replaced : model.Parts,
                again) { Schedule = plan.Schedule with { Final = 1 }, Reset = replaced },
        ];
    }
}
