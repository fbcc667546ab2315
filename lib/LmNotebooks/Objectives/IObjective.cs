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
    Tensor Loss(LanguageModel model, Batch batch, Generator generator);
}
