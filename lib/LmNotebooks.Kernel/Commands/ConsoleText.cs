using System.Globalization;
using LmNotebooks.Experiments;
using LmNotebooks.Measures;
using LmNotebooks.Records;
using Spectre.Console;

namespace LmNotebooks.Kernel.Commands;

/// <summary>How commands write numbers, runs and tables.</summary>
internal static class ConsoleText
{
    private const int WidthOfPipes = 400;

    public static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Range(Interval interval) =>
        $"{Number(interval.Low)} to {(double.IsInfinity(interval.High) ? "no end" : Number(interval.High))}";

    /// <summary>What became of a run.</summary>
    public static string Outcome(RunRecord record) => record.Result is { Error: null } result
        ? string.Create(CultureInfo.InvariantCulture,
            $"{Experiment.MeasureOf(result)} {result.Measures[Experiment.MeasureOf(result)]:F3} nats per token, "
                + $"{result.Seconds:F1} s")
        : $"failed: {record.Result?.Error ?? "it was cut off"}";

    /// <summary>A table as wide as its content, or as the terminal.</summary>
    public static void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = WidthOfPipes;
        var table = new Spectre.Console.Table { Border = TableBorder.Simple };
        foreach (var header in headers) table.AddColumn(Markup.Escape(header));
        foreach (var row in rows) table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }
}
