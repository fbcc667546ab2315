using LmNotebooks.Classroom;
using LmNotebooks.Figures;

namespace LmNotebooks.Charts;

/// <summary>A reader's own predictions beside what came out.</summary>
public static class PredictionChart
{
    private const int Letters = 30;   // of a line of a question beside the chart

    /// <summary>The predictions of a notebook, each as a multiple of what came out, so that those of different units
    /// share a picture. Without a prediction that has met its result, a sentence says so.</summary>
    public static Graphic Of(params IEnumerable<Prediction> predictions)
    {
        var all = predictions.ToList();
        var met = all.Where(p => p.Result is { } result && double.IsFinite(result)).ToList();
        var drawn = met.Where(p => p.Result != 0).ToList();
        var caption = Caption(met, all.Count - met.Count);
        if (drawn.Count == 0) return new Sentence(caption);
        var ratios = drawn.Select(p => p.Guess / p.Result!.Value).ToList();
        return new Figure("Your predictions", new Axis("your prediction as a multiple of what came out",
                Log: ratios.All(r => r > 0)),
            new Axis("", Categories: [.. drawn.Select(p => string.Join('\n', Lines.Of(p.Question, Letters)))],
                Notes: [.. drawn.Select(Both)]),
            [
                new Reference("what came out", 1, Vertical: true),
                new Points("your prediction", ratios, [.. Enumerable.Range(0, drawn.Count)]),
            ], caption);
    }

    private static string Caption(IReadOnlyList<Prediction> met, int open)
    {
        if (met.Count == 0)
            return "You have made no prediction yet: write a number in place of double.NaN in the cells that ask for "
                + "one, and run them and this cell again.";
        var close = met.Count(p => p.IsClose(p.Result!.Value));
        return $"{close} of {met.Count} predictions within a tenth of what came out"
            + (open > 0 ? $", {open} without a guess or a result: " : ": ")
            + Numbers.Sentence(met.Select(p =>
                $"{p.Question} {Both(p)} {p.Unit}"));
    }

    private static string Both(Prediction p) =>
        $"You {Prediction.Text(p.Guess)}, it was {Prediction.Text(p.Result!.Value)}";
}
