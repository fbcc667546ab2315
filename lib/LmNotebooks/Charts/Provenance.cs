using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>How a figure of records was made.</summary>
public static class Provenance
{
    extension<T>(T graphic) where T : Graphic
    {
        /// <summary>The figure, which tells of the test runs that it was drawn from: their experiment, number, hash and
        /// minutes, and the commands that make it again.</summary>
        public T From(IEnumerable<RunRecord> records) => graphic with { Made = Of([.. records.Tests()]) };
    }

    private static string Of(IReadOnlyList<RunRecord> runs)
    {
        if (runs.Count == 0) return "";
        var names = runs.Select(r => r.Header.Experiment).Distinct().ToList();
        var minutes = runs.Sum(r => r.Result!.Seconds) / 60;
        return string.Create(CultureInfo.InvariantCulture,
            $"{runs.Count} records of {string.Join(", ", names)} (SHA-256 {Hash(runs)}). Made again by "
            + $"{string.Join(", ", names.Select(name => $"lm experiment {name}"))} and drawn by lm plots; their "
            + $"training took {minutes:F0} minutes.");
    }

    /// <summary>Of what was run and what came out, in an order that does not depend on that of the records.</summary>
    private static string Hash(IReadOnlyList<RunRecord> runs)
    {
        var lines = runs.Select(r => string.Create(CultureInfo.InvariantCulture,
            $"{r.Header.Experiment} {r.Header.Arm} {r.Header.Seed} {r.Header.DataHash} {r.Result!.TestLoss:R}"));
        var all = string.Join('\n', lines.Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..16];
    }
}
