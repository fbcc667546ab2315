using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>The figures of an experiment about models that answer questions.</summary>
internal static class AnswerFigures
{
    /// <summary>Whether all that is tested answers questions: what it is like on the way, before there is an answer,
    /// cannot be drawn above the truth.</summary>
    public static bool Fit(IReadOnlyList<RunRecord> tests) => tests.All(r => r.Has(Answers.Accuracy));

    /// <summary>Every figure that its test runs allow, with its name. Arms that are only shown are drawn with the
    /// accuracies, and where they have several numbers of answers or degrees of agreement; the others
    /// everywhere.</summary>
    public static IEnumerable<(string Name, Figure Figure)> Of(Experiment experiment, IReadOnlyList<RunRecord> tests)
    {
        var gallery = experiment.Arms.Where(a => a.Gallery && experiment.Hypotheses.Count > 0).Select(a => a.Name)
            .ToHashSet();   // where nothing is judged, all is shown together
        var judged = tests.Where(r => !gallery.Contains(r.Header.Arm)).ToList();

        var several = tests.GroupBy(r => r.Method).Where(m => m.DistinctBy(r => r.Result!.Labels).Count() > 1)
            .Select(m => m.Key).ToList();
        if (several.Count > 0)
            yield return ("answers", AnswerCurves.Of(tests, methods: [.. several.Union(
                experiment.Hypotheses.Take(1).SelectMany(h => h.Arms).Where(arm =>
                    tests.Any(r => r.Header.Arm == arm)))]));

        var kinds = GainAgainstAgreement.KindsOf(tests).ToLookup(Answers.IsVariant);
        if (kinds.Contains(false))
            yield return ("gain-agreement", GainAgainstAgreement.Of(tests, kinds: [.. kinds[false]]));
        if (kinds.Contains(true)) yield return ("gain-agreement-widths", GainAgainstAgreement.Of(tests));

        yield return ("accuracy", AccuracyRows.Of(judged.Count > 0 ? judged : tests));
        var shown = tests.Where(r => gallery.Contains(r.Header.Arm) && !Answers.IsVariant(r.Header.Arm)).ToList();
        if (judged.Count > 0 && shown.Count > 0) yield return ("accuracy-gallery", AccuracyRows.Of(shown));

        var methods = judged.Where(r => r.IsUsual && r.Header.Arm != Answers.Scratch).Select(r => r.Header.Arm)
            .Distinct().ToList();
        if (several.Contains(Answers.Scratch) && methods.Count > 0)
            yield return ("multipliers", LabelMultipliers.Of(tests, methods));

        var latents = judged.SelectMany(r => r.Latents).Distinct().ToList();
        foreach (var latent in latents) yield return ($"beliefs-{latent}", BeliefsAtSeams.Of(judged, latent));
        if (latents.Contains("polarity"))
            yield return ("answers-beliefs-polarity", AnswersAgainstBeliefs.Of(judged, "polarity"));
    }
}
