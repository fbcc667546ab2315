using System.Text.Json.Nodes;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Records;
using LmNotebooks.Training;

namespace LmNotebooks.Experiments;

/// <summary>A translator of <see cref="ThreeLanguages"/> that has not seen the goal, so that no learning rate can be
/// chosen by what it does there. After its training it is given the test texts, or others in place of them. Arms that
/// do so with the same translator share its training.</summary>
/// <param name="Preset">Name of the pair of A and B.</param>
/// <param name="Model">How the translator is trained; its learning rate is that of the arm <see cref="Arm.TunedAs"/>
/// names.</param>
public abstract record Retold(string Name, string Preset, Trained Model) : Arm(Name)
{
    internal override bool HasRate => false;

    internal override JsonObject Describe(Scale scale)
    {
        var description = Model.Describe(scale);
        description["retold"] = Detail;
        return description;
    }

    /// <summary>None: the training is predicted where the translator is given the texts themselves.</summary>
    internal override double Flops(Scale scale, Material like) => 0;

    /// <summary>The result is that of the training.</summary>
    internal override (IDistribution Model, RunResult Result) Make(string run, Material material, Scale scale, int seed,
        Action<RunEvent> onEvent)
    {
        var made = TrainedOnce.Of(Model, material, scale, seed, run);
        foreach (var e in made.Events) onEvent(e);
        var (translator, sources) = ((EncoderDecoder)made.Model(), material.GoalData.Test.Sources!);
        var others = Others(translator, JointLanguages.Preset(Preset, seed), sources);
        return (OtherSources.From(translator, sources, others), made.Result);
    }

    /// <summary>What the other texts are, in a word.</summary>
    protected abstract string Detail { get; }

    /// <summary>The texts that it is given, one in the place of each.</summary>
    protected abstract IReadOnlyList<int[]> Others(EncoderDecoder translator, JointLanguages languages,
        IReadOnlyList<int[]> sources);
}
