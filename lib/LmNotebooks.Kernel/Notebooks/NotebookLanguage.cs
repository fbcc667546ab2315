using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>The programming language that a notebook says it is in.</summary>
public static class NotebookLanguage
{
    private const string Polyglot = "polyglot-notebook";
    private static readonly string[] Ours = ["csharp", "c#", ".net-csharp", Polyglot, KernelInfo.Name];

    /// <summary>Names of kernels and languages as people write them; others are written as the notebook writes
    /// them.</summary>
    private static readonly Dictionary<string, string> Spelled = new(StringComparer.OrdinalIgnoreCase)
    {
        ["fsharp"] = "F#", [".net-fsharp"] = "F#",
        ["pwsh"] = "PowerShell", [".net-pwsh"] = "PowerShell", [".net-powershell"] = "PowerShell",
        ["python"] = "Python", ["python2"] = "Python", ["python3"] = "Python", ["ipython"] = "Python",
        ["ir"] = "R", ["julia"] = "Julia", ["javascript"] = "JavaScript", ["typescript"] = "TypeScript",
        ["java"] = "Java", ["scala"] = "Scala", ["kql"] = "KQL", ["sql"] = "SQL",
    };

    /// <summary>The language of a notebook that is not in C#, as a word for a sentence; null for one in C#, and for one
    /// that names none. What Polyglot Notebooks calls the default kernel comes first, then what the notebook says of
    /// its kernel, then of its language.</summary>
    public static string? Foreign(Notebook notebook)
    {
        var metadata = notebook.Json["metadata"];
        string Said(params string[] path) =>
            Notebook.Text(path.Aggregate(metadata, (at, step) => (at as JsonObject)?[step])).Trim();
        string[] kernel = [Said("kernelspec", "language"), Said("kernelspec", "name"), Said("language_info", "name")];
        string?[] said =
        [
            Said("polyglot_notebook", "kernelInfo", "defaultKernelName"),
            kernel.FirstOrDefault(name => name is not ("" or Polyglot)),
        ];
        var foreign = said.FirstOrDefault(name => name is { Length: > 0 } && !IsOurs(name));
        return foreign is null ? null : Spelled.GetValueOrDefault(foreign, foreign);
    }

    private static bool IsOurs(string name) => Ours.Contains(name, StringComparer.OrdinalIgnoreCase);
}
