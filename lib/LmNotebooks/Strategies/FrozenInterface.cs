using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>What stands around the body, embedding and head, is trained with a body that is thrown away, and then stays
/// as it is: the model's own body, perhaps of another shape, trains behind it. That replaces a part by one of another
/// shape; its rate is constant after warm-up, so that what it costs does not depend on how long it trains. Bodies that
/// have one interface in common fit into each other's place.</summary>
public sealed record FrozenInterface : IStrategy
{
    public string Name => "FrozenInterface";

    /// <summary>Share of the tokens for the interface; 0 leaves it random, and the same in every run.</summary>
    public double InterfaceShare { get; init; } = 0.5;

    /// <summary>Layers of the first body; null for as many as the model has.</summary>
    public int? FirstLayers { get; init; }

    /// <summary>How the interface is trained part after part; null for all of it together.</summary>
    public HierarchicalTraining? Staged { get; init; }

    /// <summary>Whether the interface stays as it is while the body trains; otherwise it trains on with it.</summary>
    public bool Freeze { get; init; } = true;

    /// <summary>What a random interface is drawn from, whatever the seed of the run.</summary>
    public int Seed { get; init; }

    public Model Build(ModelConfig config, Generator generator)
    {
        // A head tied to the embedding could not be trained apart from it.
        var model = (Staged is null ? config : config with { TieHead = false }).Build(generator);

        // A random interface is the same in every run, or no two bodies would fit into each other's place.
        using var fixedDraws = new Generator((ulong)Seed);
        if (InterfaceShare == 0) model.Initialise(fixedDraws, Interface(model));
        return model;
    }

    public IReadOnlyList<Stage> Stages(Model model, Plan plan)
    {
        // The model's own body comes last, behind an interface that is there already.
        var interfaces = (long)(InterfaceShare * plan.Tokens);
        Stage body = new("body", [plan.Goal], Freeze ? [model.Body] : model.Parts,
            plan.Tokens - interfaces) { Schedule = plan.Schedule with { Final = 1 } };

        // A random interface needs no stage.
        if (interfaces == 0) return [body];

        // Else the interface is learned around a first body, which is then thrown away: perhaps of another depth,
        // so that it is an interface for bodies of any shape.
        var first = TemporaryPart.Body("first body", model, c => c with { Layers = FirstLayers ?? c.Layers });
        return
        [
            .. Staged is not null ? Staged.Stages(model, plan with { Tokens = interfaces }, first)
                : [new("interface", new CausalLm { Way = new() { Body = first } }, [.. Interface(model), first],
                    interfaces) { Schedule = plan.Schedule }],
            body,
        ];
    }

    /// <summary>All parts but the body; of a translator, the encoder and what it reads are among them.</summary>
    private static IReadOnlyList<Part> Interface(Model model) => [.. model.Parts.Except([model.Body])];
}
