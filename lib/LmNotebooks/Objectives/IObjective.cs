using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Objectives;

/// <summary>Turns a batch into one scalar loss: what a stage minimises.</summary>
public interface IObjective
{
    string Name { get; }

    /// <summary>The loss over the batch's targets.</summary>
    /// <param name="generator">The source of every random draw the objective makes.</param>
    Loss Of(Model model, Batch batch, Generator generator);

    /// <summary>Who answers what this objective asks, when the model is trained: what is put beside the
    /// truth.</summary>
    IDistribution Says(Model model) => model;

    /// <summary>The parts of a model that it is computed with.</summary>
    IReadOnlyList<Part> Uses(Model model) => model.Parts;

    /// <summary>Whether it is about data with a question, whose targets are answers and no texts.</summary>
    bool Answers => false;

    /// <summary>Whether each position sees the whole text, also what comes later.</summary>
    bool ReadsWhole => false;

    /// <summary>Parts that it brings along: they are there while the model trains, a stage can name them, and the model
    /// that comes out does not have them. Objectives can share them; a trainer disposes of them when its run
    /// ends.</summary>
    IReadOnlyList<Part> Temporary => [];

    /// <summary>What one evaluation of the loss computes forward, a token, in order.</summary>
    IEnumerable<Application> Applications(Model model, Extent text) => model.Applications(text);
}
