using System.Runtime.CompilerServices;
using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Questions;

namespace LmNotebooks.Lessons;

/// <summary>What crosses the seams of a model between learning from text and learning from answers: how linearly the
/// exact belief about each latent of the language stands there, R^2, and the score if the question asks for its sign.
/// All models of one language are asked about the same documents, but for those too long for one.</summary>
internal static class SeamMeasurements
{
    private const int Seams = 3, Fitted = 1000, Asked = 500, Documents = 7;
    private const string Score = "score";

    private static readonly ConditionalWeakTable<Readers, Lazy<IReadOnlyDictionary<string, double>>> Measured = [];

    /// <summary>At the seams of two layers. NaN where there was no model before the answers, no such seam, or nothing
    /// to know: a latent with one value, a question without a score.</summary>
    public static IReadOnlyList<Measurement> All { get; } =
        [.. Enum.GetValues<Latent>().Select(NameOf).Append(Score).SelectMany(_ => Enumerable.Range(0, Seams), Of)];

    /// <summary>The measurement of one target, a latent or the score, at one seam.</summary>
    internal static string NameOf(string target, int seam) => $"R2 of {target} at seam {seam}";

    private static string NameOf(Latent latent) => latent.ToString().ToLowerInvariant();

    private static Measurement Of(string target, int seam)
    {
        var name = NameOf(target, seam);
        return new(name, (truth, model, _) => model is not Readers { Before: not null } readers ? double.NaN
            : OfAll(truth as Labelling ?? throw new InvalidOperationException($"'{name}' can be measured only where a "
                + "question about texts is asked: leave it out."), readers).GetValueOrDefault(name, double.NaN));
    }

    /// <summary>All that is there to measure, by its name, measured once.</summary>
    private static IReadOnlyDictionary<string, double> OfAll(Labelling question, Readers readers) =>
        Measured.GetValue(readers, of => new(() => Measure(question, of.Before!))).Value;

    private static IReadOnlyDictionary<string, double> Measure(Labelling question, Models.Model model)
    {
        var language = question.Language;
        // A model reads texts as long as the longest of its data: a drawn one that is longer is left out.
        List<int[]> Read(IEnumerable<Document> drawn) =>
            [.. drawn.Select(d => d.Ids).Where(ids => ids.Length < model.TextContext)];
        var drawn = language.Sample(Fitted + Asked, Seeds.Mix(language.Seed, Documents));
        var (fitted, asked) = (Read(drawn.Take(Fitted)), Read(drawn.Skip(Fitted)));
        List<int[]> texts = [.. fitted, .. asked];
        var seams = SeamStates.Of(model, texts);
        var targets = Enum.GetValues<Latent>().ToDictionary(NameOf, latent =>
            texts.Select(text => language.PosteriorOfLast(latent, text)).ToList());
        if (question is ScoredLabel scored)
            targets[Score] = [.. texts.Select(text => new[] { scored.ScoreOf(text) })];
        var all = new Dictionary<string, double>();
        foreach (var (target, values) in targets)
            foreach (var (seam, states) in seams.Index())
            {
                List<(double[], double[])> pairs = [.. states.Zip(values)];
                all[NameOf(target, seam)] = LinearReadout.RSquared(pairs[..fitted.Count], pairs[fitted.Count..]);
            }
        return all;
    }
}
