using LmNotebooks.Models;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>A method of training a language model: which parts exist, and which of them train in each stage, on which
/// objective, for how many tokens.</summary>
public interface IStrategy
{
    string Name { get; }

    /// <summary>Assembles the model; every random number comes from <paramref name="generator"/>.</summary>
    Model Build(ModelConfig config, Generator generator);

    /// <summary>The stages, which together spend the plan's tokens.</summary>
    IReadOnlyList<Stage> Stages(Model model, Plan plan);
}
