using System.Text.Json.Nodes;
using LmNotebooks.Languages;
using LmNotebooks.Records;

namespace LmNotebooks.Experiments;

/// <summary>What an experiment compares with others: something that makes a model of a data set.</summary>
public abstract record Arm(string Name)
{
    /// <summary>Whether the arm is only shown, with fewer seeds, at the scale's own learning rate, and without a
    /// verdict.</summary>
    public bool Gallery { get; init; }

    /// <summary>What this arm changes of the scale: its tokens, say, or its schedule.</summary>
    public Func<Scale, Scale> At { get; init; } = scale => scale;

    /// <summary>How often the texts are read: so many times fewer are drawn.</summary>
    public int Passes { get; init; } = 1;

    /// <summary>What is tuned besides the learning rate, in this order.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>Name of the arm whose tuning decides for this one; null for its own, which an arm of the gallery does
    /// not have.</summary>
    public string? TunedAs { get; init; }

    /// <summary>On how many seeds it is tested; null for 8, and of an arm of the gallery 2.</summary>
    public int? Repeats { get; init; }

    /// <summary>Whether there is a learning rate to tune.</summary>
    internal abstract bool HasRate { get; }

    /// <summary>All that decides how this arm makes its model at a scale; two arms with the same description make the
    /// same one.</summary>
    internal abstract JsonObject Describe(Scale scale);

    /// <summary>Training FLOPs of one run, predicted from some texts like those that it reads.</summary>
    internal abstract double Flops(Scale scale, Material like);

    /// <summary>Makes the model. Everything random comes from the seed.</summary>
    internal abstract (IDistribution Model, RunResult Result) Make(string run, Material material, Scale scale, int seed,
        Action<RunEvent> onEvent);
}
