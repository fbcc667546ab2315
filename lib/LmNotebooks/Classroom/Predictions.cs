using System.Text.Json;
using System.Text.Json.Serialization;
using LmNotebooks.Records;

namespace LmNotebooks.Classroom;

/// <summary>All that you have predicted on this machine, in out/predictions.jsonl of the kit: one line for each guess,
/// and one more when its result comes.</summary>
internal static class Predictions
{
    private const int Attempts = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Null outside of the kit.</summary>
    private static string? Place => Kit.TryFolder is { } kit ? Path.Combine(kit, "out", "predictions.jsonl") : null;

    /// <summary>The last guess at every question, in the order in which they were first asked.</summary>
    public static IReadOnlyList<KeptPrediction> All() => Place is { } path ? Read(path) : [];

    /// <summary>The last guess at every question in a file. Lines that are no predictions are passed over.</summary>
    public static IReadOnlyList<KeptPrediction> Read(string path) => !File.Exists(path) ? []
        : [.. File.ReadLines(path).Select(Parsed).OfType<KeptPrediction>()
            .GroupBy(p => p.Question, (_, all) => all.Last())];

    internal static void Keep(Prediction prediction, double? result)
    {
        if (Place is { } path)
            Append(path, new KeptPrediction(DateTimeOffset.Now, prediction.Question, prediction.Guess, result,
            prediction.Unit));
    }

    /// <summary>Adds a line, whole, whoever else is writing. A prediction that cannot be kept is not worth a broken
    /// cell, so failing is silent.</summary>
    /// <returns>Whether it was kept.</returns>
    public static bool Append(string path, KeptPrediction prediction)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(prediction, Format);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                using var file = new FileStream(
                    path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
                file.Seek(-Math.Min(1, file.Length), SeekOrigin.End);
                var torn = file.Length > 0 && file.ReadByte() != '\n';   // a power cut can do that to the last line
                file.Write([.. torn ? "\n"u8 : [], .. line, (byte)'\n']);
                return true;
            }
            catch (IOException) when (File.Exists(path)) { Thread.Sleep(Pause); }   // another process has it open
            catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return false; }
        }
        return false;
    }

    private static KeptPrediction? Parsed(string line)
    {
        try { return JsonSerializer.Deserialize<KeptPrediction>(line, Format); }
        catch (JsonException) { return null; }
    }
}
