using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>One part after another: word vectors by skip-gram, then the body on them (of a translator, with all between
/// embedding and head) through a probe head that is thrown away, then the head on the body. The head has a matrix of
/// its own, or it would be trained with the word vectors.</summary>
public sealed record HierarchicalTraining : IStrategy
{
    /// <summary>The baseline of trained word vectors: the others are trained on random ones.</summary>
    public static HierarchicalTraining RandomVectors { get; } = new() { WordShare = 0 };

    public string Name => "HierarchicalTraining";

    /// <summary>Share of the tokens for the word vectors; 0 leaves them random.</summary>
    public double WordShare { get; init; } = 0.2;

    /// <summary>Share of the tokens for the head; 0 trains it with the body, and without a probe head.</summary>
    public double HeadShare { get; init; } = 0.2;

    /// <summary>Whether what was trained before stays as it is; otherwise it trains on with what comes after.</summary>
    public bool Freeze { get; init; } = true;

    public Model Build(ModelConfig config, Generator generator) => (config with { TieHead = false }).Build(generator);

    public IReadOnlyList<Stage> Stages(Model model, Plan plan)
    {
        var (words, head) = ((long)(WordShare * plan.Tokens), (long)(HeadShare * plan.Tokens));
        var probe = head > 0 ? TemporaryPart.Head("probe head", model) : null;
        IReadOnlyList<Part> between = [.. model.Parts.Except([model.Embedding, model.Head])];
        IReadOnlyList<Part> Before(params IReadOnlyList<Part> parts) => Freeze ? [] : parts;
        Stage Words(Part contexts) => new("word vectors", new SkipGram(contexts), [model.Embedding, contexts], words);
        Stage[] stages =
        [
            .. words > 0 ? [Words(TemporaryPart.Vectors("contexts", model))] : Array.Empty<Stage>(),
            new("body", new CausalLm { Way = new() { Head = probe } },
                [.. Before(model.Embedding), .. between, probe ?? model.Head], plan.Tokens - words - head),
            new("head", [plan.Goal], [.. Before([model.Embedding, .. between]), model.Head], head),
        ];
        return [.. stages.Where(s => s.Tokens > 0).Select(s => s with { Schedule = plan.Schedule })];
    }
}
