using LmNotebooks.Languages;
using LmNotebooks.Models;

namespace LmNotebooks.Measures;

/// <summary>Biases of new words that make them as frequent as known ones: over old texts, a new form is expected as
/// often in the mean as the same form of the median known stem is said. The texts hold no new word, and say nothing of
/// it.</summary>
public sealed class BiasCalibration
{
    private const double Widest = 60, Near = 1e-6;   // nats

    private readonly Lingua language;
    private readonly IReadOnlyList<(int Word, double[] State, double LogSum)> places;
    private readonly Dictionary<bool, double> shares;      // of singular and plural, of all words

    /// <param name="texts">Documents that the model was trained on.</param>
    public BiasCalibration(StemSpace space, IReadOnlyList<int[]> texts)
    {
        language = space.Language;
        places = WordStates.Of(space.Model, texts);
        var counts = places.CountBy(p => p.Word).ToDictionary();
        double Share(int id) => (double)counts.GetValueOrDefault(id) / places.Count;
        shares = space.Known.Keys.SelectMany(space.FormsOf).GroupBy(id => language.WordOf(id)!.Plural)
            .ToDictionary(form => form.Key, form => Median([.. form.Select(Share)]));
    }

    /// <summary>The same rows with calibrated biases.</summary>
    /// <param name="rows">By the ids of the words.</param>
    public IReadOnlyDictionary<int, WordRow> Of(IReadOnlyDictionary<int, WordRow> rows) =>
        rows.ToDictionary(row => row.Key, row =>
            row.Value with { Bias = Bias(row.Value.Vector, shares[language.WordOf(row.Key)!.Plural]) });

    /// <summary>Where the mean chance, which rises with the bias, is the share: the interval is halved.</summary>
    private double Bias(double[] vector, double share)
    {
        double[] logits = [.. places.Select(p => p.State.Zip(vector, (a, b) => a * b).Sum() - p.LogSum)];
        var (low, high) = (-Widest, Widest);
        while (high - low > Near)
        {
            var middle = (low + high) / 2;
            if (logits.Average(l => 1 / (1 + Math.Exp(-l - middle))) < share) low = middle;
            else high = middle;
        }
        return low;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
