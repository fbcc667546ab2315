using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>What crosses the seam between pre-training and the answers: how much of the exact belief about a latent a
/// line can read from the states of each layer, before an answer was seen.</summary>
public static class BeliefsAtSeams
{
    /// <summary>A line for each arm over the word vectors and the layers: the mean R² over the seeds with its 95 %
    /// t-interval. Values below 0 are drawn where they are: what was read is worse there than the mean.</summary>
    /// <param name="latent">As the measures name it: "topic", "polarity", "register", "intent", "score".</param>
    /// <exception cref="ArgumentException">No test run measured it; one sentence that says what was.</exception>
    public static Figure Of(IReadOnlyList<RunRecord> records, string latent)
    {
        var runs = records.WithBeliefs(latent);
        var points = (from arm in runs.ByArm()
                      from at in arm.SelectMany(run => run.Beliefs(latent)).GroupBy(b => b.Seam)
                      select (Line: arm.Key, Name: (string?)null, X: (double)at.Key,
                          Value: Spread.OverSeeds([.. at.Select(b => b.R2)]))).ToList();
        return MeasuredCurves.Of(new Axis("layer (0: the word vectors)", Whole: true), new Axis("R² of the belief"),
            [new Reference("1: all", 1), new Reference("0: nothing", 0, Below: true)], points,
            AtEnd(latent, points.GroupBy(p => p.Line, (arm, own) => (arm, own.MaxBy(p => p.X).Value))),
            $"What the layers show of the {latent}").From(runs);
    }

    private static string AtEnd(string latent, IEnumerable<(string Arm, Spread R2)> ends)
    {
        var order = Answers.Ranked(ends.Select(e => (e.Arm, e.R2.Value, Numbers.Text(e.R2.Value, 2))),
            $"shows most of the {latent}, R²");
        return $"After the last layer {string.Join(", ", order)}; ";
    }
}
