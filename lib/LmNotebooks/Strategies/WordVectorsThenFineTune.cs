using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>Only the word vectors learn from text, by skip-gram (Mikolov et al. 2013), and then the whole model, from
/// its examples, what it is for: all above the vectors begins as it is drawn.</summary>
public sealed record WordVectorsThenFineTune : IStrategy
{
    public string Name => "WordVectorsThenFineTune";

    /// <summary>Share of the tokens for the word vectors.</summary>
    public double WordShare { get; init; } = 0.2;

    /// <summary>How often fine-tuning reads the data of the goal: the word vectors get the rest of the tokens. Null
    /// where the share decides.</summary>
    public int? Epochs { get; init; }

    /// <summary>Peak rate of the word vectors; null for that of fine-tuning.</summary>
    public double? WordRate { get; init; }

    /// <summary>Whether a question about a text is answered from all its positions, each of which sees the whole text;
    /// else from the last one.</summary>
    public bool ReadsWhole { get; init; }

    public Model Build(ModelConfig config, Generator generator) =>
        (config with { ReadsWhole = ReadsWhole }).Build(generator);

    public IReadOnlyList<Stage> Stages(Model model, Plan plan)
    {
        // One budget: what fine-tuning takes, the word vectors do not get.
        var tuning = Epochs is { } epochs ? epochs * plan.Goal.Data!.Train.Tokens
            : plan.Tokens - (long)(WordShare * plan.Tokens);
        var contexts = TemporaryPart.Vectors("contexts", model);
        return
        [
            // Which words stand near which? Nothing but the vectors takes part.
            new("word vectors", [new(new SkipGram(contexts), plan.Text)], [model.Embedding, contexts],
                plan.Tokens - tuning)
                { Schedule = plan.Schedule with { Peak = WordRate ?? plan.Schedule.Peak } },
            // The vectors are only where the goal begins: they train on with all the rest.
            new("fine-tuning", [plan.Goal], plan.Goal.Objective.Uses(model), tuning) { Schedule = plan.Schedule },
        ];
    }
}
