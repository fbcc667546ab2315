using LmNotebooks.Models;
using LmNotebooks.Strategies;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Diagrams;

/// <summary>Diagrams of models and of methods, drawn from the objects that run.</summary>
public static class Diagram
{
    /// <summary>A model: its parts in the order in which data flows through them, the seams between them, the number of
    /// parameters of each, and which of them use weights of another.</summary>
    public static Drawing Of(Model model) => ModelDiagram.Of(model);

    /// <summary>The stages of a method over its tokens: which of the parts that they name train in each, which stay as
    /// they are, which are thrown away afterwards, and the longest chain of stages that need each other.</summary>
    /// <exception cref="ArgumentException">There is no stage; one sentence.</exception>
    public static Drawing Of(IReadOnlyList<Stage> stages) => StageDiagram.Of([], stages);

    /// <summary>The stages of a method over its tokens, with all parts of the model, also those that never
    /// train.</summary>
    /// <inheritdoc cref="Of(IReadOnlyList{Stage})"/>
    public static Drawing Of(Model model, IReadOnlyList<Stage> stages) =>
        StageDiagram.Of([.. model.Parts, .. model.Heads], stages);

    /// <summary>The stages of a strategy over the tokens of a plan, with all parts of the model, which is built for it
    /// and freed.</summary>
    /// <exception cref="ArgumentException">The strategy cannot train such a model; one sentence.</exception>
    public static Drawing Of(IStrategy strategy, ModelConfig config, Plan plan)
    {
        using var generator = new Generator(0);
        var model = strategy.Build(config, generator);
        IReadOnlyList<Stage> stages = [];
        try { return Of(model, stages = strategy.Stages(model, plan)); }
        finally
        {
            foreach (var part in model.Parts.Concat(model.Heads).Concat(stages.SelectMany(s => s.Temporary).Distinct()))
                part.Free();
        }
    }

    /// <summary>Which layer uses the weights of which, as <see cref="LayerPattern"/> says it: 0 1 0 1 0 1,
    /// say.</summary>
    /// <exception cref="ArgumentException">There is no layer, or one names neither itself nor an earlier one that names
    /// itself; one sentence.</exception>
    public static Drawing OfSharing(IReadOnlyList<int> pattern) => SharingDiagram.Of(("layer", pattern));

    /// <summary>Which layer uses the attention, and which the feed-forward part, of which.</summary>
    /// <exception cref="ArgumentException">The model is no Transformer, or impossible; one sentence.</exception>
    public static Drawing OfSharing(ModelConfig config) => SharingDiagram.Of(config);

    /// <summary>A model that keeps its parts, but for some that it gets from another one.</summary>
    /// <param name="keeps">The model that the rest is of, and what to call it.</param>
    /// <param name="gives">The model that the named parts are of, and what to call it.</param>
    /// <param name="parts">Names of the parts that are exchanged; layers of a body have names of their own.</param>
    /// <exception cref="ArgumentException">A model has no part of that name, or the two parts differ in shape; one
    /// sentence.</exception>
    public static Drawing OfExchange((string Name, Model Model) keeps, (string Name, Model Model) gives,
        params IReadOnlyList<string> parts) => ExchangeDiagram.Of(keeps, gives, parts);
}
