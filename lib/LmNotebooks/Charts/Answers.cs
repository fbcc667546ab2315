using System.Globalization;
using System.Text.RegularExpressions;
using LmNotebooks.Experiments;
using LmNotebooks.Lessons;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>What the records of models that answer questions have in common: a method has one arm for each number of
/// answers that it learned from, and its name stands before that number.</summary>
internal static partial class Answers
{
    /// <summary>The method that learns from answers alone.</summary>
    public const string Scratch = PretrainingExperiment.Scratch;

    /// <summary>The measure of how many questions are answered rightly, 0 to 1.</summary>
    public static string Accuracy => AnswerMeasurements.OfAccuracy.Name;

    /// <summary>The values of methods in words, the largest first.</summary>
    /// <param name="best">What is said of the first before its value.</param>
    public static IEnumerable<string> Ranked(IEnumerable<(string Name, double Value, string Text)> methods,
        string best) => methods.OrderByDescending(m => m.Value).Select((m, i) => i == 0 ? $"{m.Name} {best} {m.Text}"
            : $"{m.Name} {m.Text}");

    /// <summary>Whether an arm is another one with more or less data, or of another width: charts that have these on
    /// an axis, or as lines, show it.</summary>
    public static bool IsVariant(string arm) => Variant().IsMatch(arm);

    extension(RunRecord run)
    {
        /// <summary>The name of the arm, without the number of answers.</summary>
        public string Method => Number().Replace(run.Header.Arm, "");

        /// <summary>Whether it learned from the number of answers that the experiment is about: its arm has no other
        /// in its name.</summary>
        public bool IsUsual => run.Method == run.Header.Arm;

        /// <summary>Whether it has a measure: one that does not fit a model is not a number.</summary>
        public bool Has(string measure) => run.Result!.Measures.TryGetValue(measure, out var value)
            && double.IsFinite(value);

        /// <summary>For each seam of the model, 0 for the word vectors and then one for each layer, the R² of what it
        /// shows of a latent; empty where that was not measured.</summary>
        public IReadOnlyList<(int Seam, double R2)> Beliefs(string latent) =>
            [.. from measure in run.Result!.Measures
                let name = Belief().Match(measure.Key)
                where name.Success && name.Groups["latent"].Value == latent && double.IsFinite(measure.Value)
                let seam = int.Parse(name.Groups["seam"].Value, CultureInfo.InvariantCulture)
                orderby seam
                select (seam, measure.Value)];

        /// <summary>The latents of which some belief was measured, in the order of the measures.</summary>
        public IEnumerable<string> Latents => run.Result!.Measures.Keys.Where(run.Has)
            .Select(name => Belief().Match(name)).Where(name => name.Success)
                .Select(name => name.Groups["latent"].Value).Distinct();
    }

    /// <summary>Test runs in which something about a latent was measured, with the usual number of answers.</summary>
    /// <exception cref="ArgumentException">There is none; one sentence that says of which latents there
    /// are.</exception>
    public static IReadOnlyList<RunRecord> WithBeliefs(this IEnumerable<RunRecord> records, string latent)
    {
        var all = records.Tests().Where(r => r.IsUsual).ToList();
        var own = all.Where(r => r.Beliefs(latent).Count > 0).ToList();
        if (own.Count > 0) return own;
        var known = all.SelectMany(r => r.Latents).Distinct().ToList();
        throw new ArgumentException($"No test run measured the R² of '{latent}': there are "
            + (known.Count > 0 ? $"{string.Join(", ", known)}." : "no measures \"R2 of ... at seam ...\"."));
    }

    [GeneratedRegex(@", \d+ answers$")]
    private static partial Regex Number();

    [GeneratedRegex(@", (text x [\d.]+|width \d+)$")]
    private static partial Regex Variant();

    [GeneratedRegex(@"^R2 of (?<latent>.+) at seam (?<seam>\d+)$")]
    private static partial Regex Belief();
}
