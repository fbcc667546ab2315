using LmNotebooks.Models;
using LmNotebooks.Strategies;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Experiments;

/// <summary>What a model costs before it has learned anything.</summary>
/// <param name="FlopsPerToken">To train all its parts at once.</param>
/// <param name="Megabytes">An estimate of the memory that training takes.</param>
public sealed record ModelCost(string Name, long Parameters, double FlopsPerToken, double Megabytes)
{
    /// <summary>The costs of the model that a strategy builds, on texts as long as its context.</summary>
    /// <param name="rows">Texts that are read in one step of training.</param>
    /// <exception cref="ArgumentException">The strategy cannot build such a model; one sentence.</exception>
    public static ModelCost Of(string name, IStrategy strategy, ModelConfig config, int rows)
    {
        using var generator = new Generator(1);
        using var model = strategy.Build(config, generator);
        return new(name, Ledger.Parameters(model), Ledger.FlopsPerToken(model, model.Parts, config.Context),
            model.Config.TrainingBytes(rows) / 1e6);
    }
}
