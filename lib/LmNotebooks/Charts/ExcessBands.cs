using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>Excess over the entropy against tokens seen, for all arms and seeds of an experiment. Each seed has a
/// language with a floor of its own; above their floors all share one zero line, the truth.</summary>
public static class ExcessBands
{
    private const double Shown = 4;   // of the highest end: the axis leaves out how bad untrained models are

    /// <summary>Each arm as a band that holds all its seeds, with their mean; over the bands, runs made here, if there
    /// are any.</summary>
    /// <param name="live">Runs of the same experiment and scale, to be compared with the records. Without records, the
    /// bands are of these.</param>
    /// <exception cref="ArgumentException">There is no finished run of an arm that trains.</exception>
    public static Figure Of(IReadOnlyList<RunRecord> records, params IReadOnlyList<RunRecord> live)
    {
        var arms = LearningCurve.Of(records.Count > 0 ? records : live);
        var lines = (records.Count > 0 ? live : []).SelectMany(run => LearningCurve.Of([run])).Where(a => a.IsTrained)
            .ToList();
        var bands = arms.Where(a => a.IsTrained)
            .SelectMany(arm => lines.Count > 0 ? [ToBand(arm)] : (Mark[])[ToBand(arm), ToLine(arm, p => p.Tokens)]);
        var seeds = arms.Select(a => a.Seeds).DefaultIfEmpty().Max();
        var ends = arms.OrderBy(a => a.End.Excess.Value).ToList();
        return new Figure("Excess over the entropy of the language",
            new Axis("tokens seen", Log: true), ToAxis(arms, $"\nband: lowest to highest of {seeds} seeds"),
            [.. Levels(arms), .. bands, .. lines.Select(line =>
                ToLine(line, p => p.Tokens) with { Name = $"{line.Arm}, live" })],
            Numbers.Sentence([.. ends.Select((a, i) => i > 0 ? $"{a}"
                    : $"{a.Arm} ends closest to the truth, {a.End.Excess} nats per token above it"),
                .. lines.Select(line => $"live {line}"), $"means of up to {seeds} seeds (lowest to highest)"]))
            .From([.. records, .. live]);
    }

    /// <summary>The truth, and arms without a curve.</summary>
    internal static IEnumerable<Mark> Levels(IEnumerable<LearningCurve> arms) =>
    [
        new Reference("0: the truth", 0, Below: true),
        .. arms.Where(a => !a.IsTrained).Select(a =>
            new Reference($"{a.Arm} {Numbers.Text(a.End.Excess.Value, 2)}", a.End.Excess.Value)),
    ];

    internal static Axis ToAxis(IEnumerable<LearningCurve> arms, string band = "") =>
        new($"excess (nats per token){band}", Most: arms.Select(a => (a.IsTrained ? Shown : 1) * a.End.Excess.High)
            .DefaultIfEmpty().Max());

    internal static Line ToLine(LearningCurve arm, Func<LearningPoint, double> along) =>
        new(arm.Arm, [.. arm.Points.Select(along)], [.. arm.Points.Select(p => p.Excess.Value)]) { Family = arm.Arm };

    private static Band ToBand(LearningCurve arm) =>
        new(arm.Arm, [.. arm.Points.Select(p => p.Tokens)], [.. arm.Points.Select(p => p.Excess.Low)],
            [.. arm.Points.Select(p => p.Excess.High)]);
}
