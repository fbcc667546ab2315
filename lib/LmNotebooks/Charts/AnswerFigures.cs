using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>The figures of an experiment about models that answer questions.</summary>
internal static class AnswerFigures
{
    /// <summary>Every figure that its test runs allow, with its name; none where nobody answers anything. Arms that are
    /// only shown are drawn where they have several numbers of answers, or numbers of parameters; the others
    /// everywhere.</summary>
    public static IEnumerable<(string Name, Figure Figure)> Of(Experiment experiment, IReadOnlyList<RunRecord> tests)
    {
        if (!tests.All(r => r.Has(Answers.Accuracy))) yield break;
        var gallery = experiment.Arms.Where(a => a.Gallery).Select(a => a.Name).ToHashSet();
        var judged = tests.Where(r => !gallery.Contains(r.Header.Arm)).ToList();

        var several = tests.GroupBy(r => r.Method).Where(m => m.DistinctBy(r => r.Result!.Labels).Count() > 1)
            .Select(m => m.Key).ToList();
        if (several.Count > 0)
            yield return ("answers", AnswerCurves.Of(tests, methods: [.. several.Union(
                experiment.Hypotheses.Take(1).SelectMany(h => h.Arms).Where(arm =>
                    tests.Any(r => r.Header.Arm == arm)))]));

        var methods = judged.Where(r => r.IsUsual && r.Header.Arm != Answers.Scratch).Select(r => r.Header.Arm)
            .Distinct().ToList();
        if (several.Contains(Answers.Scratch) && methods.Count > 0)
            yield return ("multipliers", LabelMultipliers.Of(tests, methods));

        foreach (var latent in judged.SelectMany(r => r.Latents).Distinct())
            yield return ($"beliefs-{latent}", BeliefsAtSeams.Of(judged, latent));
        foreach (var latent in judged.SelectMany(r => r.Latents).Distinct().Where(l => l == "polarity"))
            yield return ($"answers-beliefs-{latent}", AnswersAgainstBeliefs.Of(judged, latent));

        if (tests.Any(r => r.IsUsual && r.Has(AccuracyAgainstTrained.Trained)))
            yield return ("trained-parameters", AccuracyAgainstTrained.Of(tests));
    }
}
