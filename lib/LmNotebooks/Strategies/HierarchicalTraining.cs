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

    /// <summary>Peak rate of the word vectors, as a multiple of the others'.</summary>
    public double WordRate { get; init; } = 1;

    /// <summary>Whether what was trained before stays as it is; otherwise it trains on with what comes after.</summary>
    public bool Freeze { get; init; } = true;

    public Model Build(ModelConfig config, Generator generator) => (config with { TieHead = false }).Build(generator);

    public IReadOnlyList<Stage> Stages(Model model, Plan plan) => Stages(model, plan, null);

    /// <param name="body">What stands in the place of the model's own body; null for that.</param>
    internal IReadOnlyList<Stage> Stages(Model model, Plan plan, Part<Body>? body)
    {
        // Words and head take their shares of the tokens, and the body what is left.
        var (words, head) = ((long)(WordShare * plan.Tokens), (long)(HeadShare * plan.Tokens));

        // The body needs something that predicts to learn from. If the head has a stage of its own, a probe does
        // that in its place.
        var probe = head > 0 ? TemporaryPart.Head("probe head", model) : null;

        // The body, and of a translator the encoder and what that reads: all that is neither first nor last.
        IReadOnlyList<Part> between = body is not null ? [body]
            : [.. model.Parts.Except([model.Embedding, model.Head])];
        var goal = body is null ? plan.Goal : new Aim(new CausalLm { Way = new() { Body = body } }, plan.Goal.Data);

        // What an earlier stage trained stays as it is, or trains on.
        IReadOnlyList<Part> Before(params IReadOnlyList<Part> parts) => Freeze ? [] : parts;

        // The body comes later, so the word vectors learn without it: from which words stand near which.
        Stage Words(Part contexts) => new("word vectors", new SkipGram(contexts), [model.Embedding, contexts], words)
        {
            Schedule = plan.Schedule with { Peak = WordRate * plan.Schedule.Peak },
        };

        // From below: each stage builds on what is there.
        Stage[] stages =
        [
            .. words > 0 ? [Words(TemporaryPart.Vectors("contexts", model))] : Array.Empty<Stage>(),
            new("body", new CausalLm { Way = new() { Body = body, Head = probe } },
                [.. Before(model.Embedding), .. between, probe ?? model.Head], plan.Tokens - words - head)
                { Schedule = plan.Schedule },
            new("head", [goal], [.. Before([model.Embedding, .. between]), model.Head], head)
                { Schedule = plan.Schedule },
        ];
        return [.. stages.Where(s => s.Tokens > 0)];
    }
}
