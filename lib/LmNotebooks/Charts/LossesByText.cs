using System.Globalization;
using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>What more text brings where nobody knows the truth: losses against multiples of the text.</summary>
public static class LossesByText
{
    private const string Times = ", text x ";

    /// <summary>A point for each run of these arms, and of those that are called like them with ", text x 2", say, at
    /// the end.</summary>
    /// <param name="arms">Names of the arms that have read the text once.</param>
    /// <exception cref="ArgumentException">There is no test run of an arm; one sentence.</exception>
    public static Figure Of(IReadOnlyList<RunRecord> records, params IReadOnlyList<string> arms)
    {
        if (records.Of(arms).Count == 0) throw new ArgumentException("There is no test run to draw.");
        var drawn = records.Tests().Where(run => arms.Contains(Arm(run))).ToList();
        var most = drawn.Max(Text);
        var losses = arms.Select(arm => (Name: arm, Runs: drawn.Where(run => Arm(run) == arm).ToList())).ToList();
        return new Figure("Loss with more text, a point for each seed",
            new Axis("text, as a multiple of the smallest", Log: true), new Axis("loss (nats per token)"),
            losses.Select(arm => new Dots(arm.Name, [.. arm.Runs.Select(Text)], [.. arm.Runs.Values(Experiment.Loss)])),
            $"Mean loss in nats per token with {Numbers.Tick(most)} times the text: "
                + Numbers.Sentence(losses.Where(arm => arm.Runs.Exists(run => Text(run) == most)).Select(arm =>
                    $"{arm.Name} {Numbers.Text(arm.Runs.Where(run => Text(run) == most).Mean(Experiment.Loss), 2)}")))
            .From(drawn);
    }

    private static string Arm(RunRecord run) => run.Header.Arm.Split(Times)[0];

    private static double Text(RunRecord run) => run.Header.Arm.Split(Times) is [_, var times]
        ? double.Parse(times, CultureInfo.InvariantCulture) : 1;
}
