using System.Text.Json.Nodes;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Records;

namespace LmNotebooks.Experiments;

/// <summary>An n-gram model, counted from the training documents.</summary>
/// <param name="Order">n: 1 for a unigram model.</param>
public sealed record Counted(string Name, int Order) : Arm(Name)
{
    public Smoothing Smoothing { get; init; }

    internal override bool HasRate => false;

    /// <remarks>The smoothing is named where it is not Witten and Bell's.</remarks>
    internal override JsonObject Describe(Scale scale)
    {
        var description = Trained.Json(new { order = Order, scale.TrainTokens });
        if (Smoothing != Smoothing.WittenBell) description["smoothing"] = Smoothing.ToString();
        return description;
    }

    internal override double Flops(Scale scale, Material like) => 0;

    /// <summary>The result has the number of counts as its parameters, and no FLOPs: counting multiplies
    /// nothing.</summary>
    internal override (IDistribution, RunResult) Make(string run, Material material, Scale scale, int seed,
        Action<RunEvent> onEvent)
    {
        var data = material.GoalData;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var model = NgramModel.Fit(Order, data.Vocabulary, data.Train.Documents, data.Start, Smoothing);
        var seconds = clock.Elapsed.TotalSeconds;
        var loss = data.Loss(model);
        onEvent(new RunEvent("counting", 1, data.Train.Tokens, 0, seconds, double.NaN, loss));
        return (model, new RunResult(model.Parameters, 0, data.Train.Tokens, 0, 0, 0, seconds, loss));
    }
}
