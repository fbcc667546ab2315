using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>How this kernel introduces itself. Notebooks carry the same words, so that an editor which asks the kernel
/// changes nothing.</summary>
public static class KernelInfo
{
    public const string Name = "lmnotebooks";

    public static JsonObject KernelSpec => new() { ["display_name"] = "C# (LmNotebooks)", ["language"] = "csharp",
        ["name"] = Name };

    public static JsonObject LanguageInfo => new()
    {
        ["name"] = "csharp", ["version"] = "14.0", ["file_extension"] = ".cs", ["mimetype"] = "text/x-csharp",
        ["codemirror_mode"] = "text/x-csharp", ["pygments_lexer"] = "csharp",
    };
}
