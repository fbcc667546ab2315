using System.Text.Json.Nodes;
using LmNotebooks.Records;

namespace LmNotebooks.Practice;

/// <summary>What a run's record says of how the run was made.</summary>
internal static class RecordSays
{
    private static JsonNode? Arm(RunRecord run) => run.Header.Config["arm"];

    public static string Strategy(this RunRecord run) => $"{Arm(run)?["strategy"]}";

    public static long TrainTokens(this RunRecord run) => (long)(Arm(run)?["trainTokens"] ?? 0);

    public static int Width(this RunRecord run) => (int)(Arm(run)?["model"]?["width"] ?? 0);

    /// <summary>A list of layers in the description of the model; null where it has none.</summary>
    public static IReadOnlyList<int>? Layers(this RunRecord run, string name) =>
        Arm(run)?["model"]?[name] is JsonArray list ? [.. list.Select(n => (int)n!)] : null;

    public static IReadOnlyList<string> Stages(this RunRecord run) => [.. run.Events.Select(e => e.Stage).Distinct()];
}
