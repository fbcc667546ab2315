using System.Text.Json.Nodes;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Records;
using LmNotebooks.Training;

namespace LmNotebooks.Experiments;

/// <summary>A language model to which something is done after its training: it is told of a new word, or asked in a new
/// way. Nothing of it trains any further but what is said. Arms that adapt the same model share its training.</summary>
/// <param name="Preset">Name of the language, which a run's seed draws, as in <see cref="Texts"/>.</param>
/// <param name="Model">How the model is trained; its learning rate is that of the arm <see cref="Arm.TunedAs"/>
/// names.</param>
public abstract record Adapted(string Name, string Preset, Trained Model) : Arm(Name)
{
    internal override bool HasRate => false;

    internal override JsonObject Describe(Scale scale)
    {
        var description = Model.Describe(scale);
        description["adapted"] = Detail;
        return description;
    }

    internal override double Flops(Scale scale, Material like) => Model.Flops(scale, like);

    /// <summary>The result is that of the training.</summary>
    internal override (IDistribution Model, RunResult Result) Make(string run, Material material, Scale scale, int seed,
        Action<RunEvent> onEvent)
    {
        var made = TrainedOnce.Of(Model, material, scale, seed, run);
        foreach (var e in made.Events) onEvent(e);
        return (Adapt((LanguageModel)made.Model(), Lingua.Preset(Preset, seed), material.GoalData, seed), made.Result);
    }

    /// <summary>All that decides what is done.</summary>
    protected abstract string Detail { get; }

    /// <param name="model">A copy of its own.</param>
    /// <param name="data">What it was trained on.</param>
    protected abstract ISequenceDistribution Adapt(LanguageModel model, Lingua language, Tokens.Dataset data, int seed);
}
