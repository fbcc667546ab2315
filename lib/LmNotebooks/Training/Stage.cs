using LmNotebooks.Models;
using LmNotebooks.Objectives;

namespace LmNotebooks.Training;

/// <summary>One sentence of a method: these parts train on these aims for so many tokens. Parts that are not named stay
/// as they are.</summary>
/// <param name="Aims">What is learned together: each step is for one of them, drawn by its share.</param>
/// <param name="Tokens">Budget in tokens; the stage ends with the batch that reaches it.</param>
public sealed record Stage(string Name, IReadOnlyList<Aim> Aims, IReadOnlyList<Part> Train, long Tokens)
{
    /// <summary>A stage with one objective, on the data of the run's goal.</summary>
    public Stage(string name, IObjective objective, IReadOnlyList<Part> train, long tokens)
        : this(name, [new Aim(objective)], train, tokens) { }

    public Schedule Schedule { get; init; } = new();

    /// <summary>Parts of the model that are drawn anew when the stage begins.</summary>
    public IReadOnlyList<Part> Reset { get; init; } = [];

    /// <summary>Names of the earlier stages whose outcome this one needs; null for all of them. It could run beside the
    /// others, and that is all it says: a trainer runs one stage after another.</summary>
    public IReadOnlyList<string>? Needs { get; init; }

    /// <summary>Rows in a batch of this stage; null for as many as the run has.</summary>
    public int? BatchRows { get; init; }

    /// <summary>What the aims bring along, which is there only while the model trains.</summary>
    public IEnumerable<Part> Temporary => Aims.SelectMany(aim => aim.Objective.Temporary);
}
