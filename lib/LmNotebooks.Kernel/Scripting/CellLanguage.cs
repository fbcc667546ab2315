using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Which language a cell is in, where its metadata say so.</summary>
internal static class CellLanguage
{
    private const string Retired = "dotnet-interactive.";

    /// <summary>What kernels and editors call C#, or a cell whose language they do not tell.</summary>
    private static readonly string[] CSharp =
        ["csharp", "c#", "cs", ".net", ".net-csharp", "dotnet-interactive", "polyglot-notebook"];

    public static bool IsCSharp(string language) => CSharp.Contains(language, StringComparer.OrdinalIgnoreCase);

    /// <summary>The cell, with a first line that names its language where its metadata name another than C#.</summary>
    /// <param name="metadata">Of the cell, or of the message that sends it.</param>
    public static string Marked(string code, JsonNode? metadata)
    {
        var language = Text(metadata, "polyglot_notebook", "kernelName")
            ?? Text(metadata, "dotnet_interactive", "language")
            ?? Text(metadata, "vscode", "languageId");
        return language is null || IsCSharp(language) ? code : $"{Magic.Mark}{language}\n{code}";
    }

    private static string? Text(JsonNode? metadata, string program, string name)
    {
        if (metadata is not JsonObject all || all[program] is not JsonObject its) return null;
        if (its[name] is not JsonValue value || !value.TryGetValue<string>(out var text)) return null;
        text = text.Trim();
        if (text.StartsWith(Retired, StringComparison.OrdinalIgnoreCase)) text = text[Retired.Length..];
        return text.Length > 0 ? text : null;
    }
}
