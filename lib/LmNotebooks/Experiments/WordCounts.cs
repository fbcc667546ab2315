using System.Text.Json.Nodes;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Records;

namespace LmNotebooks.Experiments;

/// <summary>A logistic regression on the words of a text, for each of the sets of answers that <see cref="FineTuned"/>
/// learns from, too: what no method for few answers may fall behind.</summary>
/// <param name="Negation">Id of the word that turns the next one around.</param>
public sealed record WordCounts(string Name, int Negation) : Arm(Name)
{
    /// <summary>Number of sets; each has so many answers that they have all those of the scale.</summary>
    public int Sets { get; init; } = 16;

    internal override bool HasRate => false;

    internal override JsonObject Describe(Scale scale) =>
        Trained.Json(new { features = "words, and words after a negation", Negation, scale.Labels, Sets });

    internal override double Flops(Scale scale, Material like) => 0;

    /// <summary>The result has the mean number of weights as its parameters. What a regression costs is not counted: it
    /// is little.</summary>
    internal override (IDistribution Model, RunResult Result) Make(string run, Material material, Scale scale, int seed,
        Action<RunEvent> onEvent)
    {
        var (sets, clock) = (AnswerSets.Of(material.GoalData, Sets), System.Diagnostics.Stopwatch.StartNew());
        var fitted = sets.Select(set =>
            BagOfWords.Fit([.. set.Train.Examples], set.SourceVocabulary!.Value, Negation)).ToList();
        var seconds = clock.Elapsed.TotalSeconds / sets.Count;
        var readers = new Readers(fitted);
        var (tokens, loss) = (sets[0].Train.Tokens, material.GoalData.Loss(readers));
        onEvent(new RunEvent("fitting", 1, tokens, 0, seconds, double.NaN, loss));
        return (readers, new RunResult((long)fitted.Average(m => m.Parameters), 0, tokens, sets[0].Train.Rows, 0, 0,
            seconds, loss));
    }
}
