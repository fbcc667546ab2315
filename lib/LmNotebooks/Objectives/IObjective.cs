using LmNotebooks.Models;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Objectives;

/// <summary>Turns a batch into one scalar loss: what a stage minimises.</summary>
public interface IObjective
{
    string Name { get; }

    /// <summary>Mean loss over the batch's targets in nats, a scalar with gradient.</summary>
    /// <param name="generator">The source of every random draw the objective makes.</param>
    Tensor Loss(Model model, Batch batch, Generator generator);

    /// <summary>Parts that it brings along: they are there while the model trains, a stage can name them, and the model
    /// that comes out does not have them. Objectives can share them; a trainer disposes of them when its run
    /// ends.</summary>
    IReadOnlyList<Part> Temporary => [];

    /// <summary>What one evaluation of the loss computes forward, a token, in order.</summary>
    IEnumerable<Application> Applications(Model model, Extent text) => model.Applications(text);
}
