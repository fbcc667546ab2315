using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>Embedding and head first, with a body that is thrown away; then two bodies for them, which need what came
/// first and not each other, so that they can train at the same time. One of the two is a spare.</summary>
public sealed record SpareBody : IStrategy
{
    public string Name => "SpareBody";

    public Model Build(ModelConfig config, Generator generator) => config.Build(generator);

    public IReadOnlyList<Stage> Stages(Model model, Plan plan)
    {
        var first = new Detour { Body = TemporaryPart.Body("first body", model, c => c) };
        var spare = new Detour { Body = TemporaryPart.Body("spare body", model, c => c) };
        var third = plan.Tokens / 3;
        return
        [
            // What stands at both ends learns with a body that nobody keeps.
            new("interface", new CausalLm { Way = first }, [model.Embedding, model.Head, first.Body], third),
            // Then each body learns to stand between them.
            new("spare body", new CausalLm { Way = spare }, [spare.Body], third) { Needs = ["interface"] },
            new("body", [plan.Goal], [model.Body], third) { Needs = ["interface"] },
        ];
    }
}
