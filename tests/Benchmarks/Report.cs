using System.Globalization;
using System.Text.Json;

namespace LmNotebooks.Benchmarks;

/// <summary>The rows measured, as a table in Markdown and as JSON; written at every row, so that a run that is stopped
/// loses none.</summary>
internal sealed class Report
{
    public const string Header = """
        | benchmark | case | unit | ours: median | lowest | highest | goal: under | peer | ratio: median | lowest | highest | of the fastest | by processor time |
        |---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { WriteIndented = true };
    private readonly List<Row> rows = [];

    public string Folder { get; } = Directory.CreateDirectory(Path.Combine(Root(AppContext.BaseDirectory), "out",
        "benchmarks")).FullName;

    public void Add(Row row)
    {
        rows.Add(row);
        File.WriteAllText(Path.Combine(Folder, "benchmarks.md"),
            string.Join("\n", rows.Select(Line).Prepend(Header)) + "\n");
        File.WriteAllText(Path.Combine(Folder, "benchmarks.json"), JsonSerializer.Serialize(rows, Json));
    }

    public static string Line(Row r)
    {
        static string Amount(double? x) => x?.ToString(x < 1000 ? "0.0" : "N0", CultureInfo.InvariantCulture) ?? "";
        static string Ratio(double? x) => x?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
        string[] cells = [r.Benchmark, r.Case, r.Unit, Amount(r.Ours), Amount(r.Samples?.Min()),
            Amount(r.Samples?.Max()), Amount(r.Goal), Amount(r.Peer),
            Ratio(r.Ratios is null ? null : Duel.Median(r.Ratios)), Ratio(r.Ratios?.Min()), Ratio(r.Ratios?.Max()),
                Ratio(r.OfBest), Ratio(r.ByProcessor)];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "LmNotebooks.sln")) ? folder
        : Root(Path.GetDirectoryName(folder)!);
}
