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
        /// minutes; of the kit's own records the commands that make it again, and of the reader's where they
        /// are.</summary>
        public T From(IEnumerable<RunRecord> records)
        {
            var origins = records.Tests().GroupBy(IsOfTheKit).OrderByDescending(runs => runs.Key);
            return graphic with { Made = string.Join(' ', origins.Select(runs => Of([.. runs], runs.Key))) };
        }
    }

    private static string Of(IReadOnlyList<RunRecord> runs, bool ofTheKit)
    {
        var names = runs.Select(r => r.Header.Experiment).Distinct().ToList();
        var commands = string.Join(", ", names.Select(name => $"lm experiment {name}"));
        var origin = ofTheKit ? $"Made again by {commands} and drawn by lm plots; the training took "
            + Time(runs.Sum(r => r.Result!.Seconds)) : "Your runs, in out/records";
        return $"{runs.Count} {(runs.Count == 1 ? "record" : "records")} of {string.Join(", ", names)} (SHA-256 "
            + $"{Hash(runs)}). {origin}.";
    }

    private static string Time(double seconds) => seconds < 90 ? FormattableString.Invariant($"{seconds:F0} seconds")
        : FormattableString.Invariant($"{seconds / 60:N0} minutes");

    /// <summary>The kit's own store has a run of the same place in an experiment that began at the same time.</summary>
    private static bool IsOfTheKit(RunRecord run) =>
        run.Header is { Number: { } number, Arm: var arm, Experiment: var experiment } header
        && (string?)header.Config["scale"] is { } scale && Kit.TryFolder is not null
        && RunStore.Committed.PathOf(experiment, scale, number, arm) is var path && File.Exists(path)
        && RunFile.TryRead(path)?.Header.Started == header.Started;

    /// <summary>Of what was run and what came out, in an order that does not depend on that of the records.</summary>
    private static string Hash(IReadOnlyList<RunRecord> runs)
    {
        var lines = runs.Select(r => string.Create(CultureInfo.InvariantCulture,
            $"{r.Header.Experiment} {r.Header.Arm} {r.Header.Seed} {r.Header.DataHash} {r.Result!.TestLoss:R}"));
        var all = string.Join('\n', lines.Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..16];
    }
}
