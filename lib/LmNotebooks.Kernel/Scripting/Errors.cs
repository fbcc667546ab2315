using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Turns what went wrong in a cell into lines that name the cell's own lines, without the frames of Roslyn and of this program.</summary>
internal static partial class Errors
{
    public const string Compilation = "CompilationError";

    /// <summary>The assemblies that Roslyn makes of cells have this in their names.</summary>
    private const string CellAssembly = "ℛ*";

    /// <summary>What await and tasks put between the frames of a program.</summary>
    private static readonly string?[] Plumbing = ["System.Runtime.CompilerServices", "System.Runtime.ExceptionServices", "System.Threading", "System.Threading.Tasks"];

    public static CellError Of(ImmutableArray<Diagnostic> diagnostics, string cellName)
    {
        var lines = diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)
            .OrderBy(d => d.Location.SourceSpan.Start).Select(d => Line(d, cellName)).ToList();
        return new CellError(Compilation, lines[0], lines);
    }

    public static CellError Of(Exception exception)
    {
        var lines = new List<string>();
        for (var e = exception; e is not null; e = e.InnerException)
        {
            lines.Add((lines.Count == 0 ? "" : "caused by ") + $"{TypeName(e.GetType())}: {e.Message}");
            lines.AddRange(Frames(e));
        }
        return new CellError(TypeName(exception.GetType()), exception.Message, lines);
    }

    private static string Line(Diagnostic d, string cellName)
    {
        var position = d.Location.GetMappedLineSpan();
        var file = position.Path == cellName ? "" : Path.GetFileName(position.Path);
        var hint = d.Id == "CS1109" ? ": in a cell, write it outside of any class" : "";
        var (line, column) = (position.StartLinePosition.Line + 1, position.StartLinePosition.Character + 1);
        return $"{file}({line},{column}): error {d.Id}: {d.GetMessage(CultureInfo.InvariantCulture)}{hint}";
    }

    /// <summary>From the place of the exception out to the top of the cell; what called the cell is not the reader's.</summary>
    private static IEnumerable<string> Frames(Exception exception)
    {
        foreach (var frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetMethod() is not { DeclaringType: { } type } method) continue;
            if (type.Assembly.GetName().Name!.StartsWith(CellAssembly, StringComparison.Ordinal))
            {
                if (frame.GetFileLineNumber() > 0) yield return $"   at {Path.GetFileName(frame.GetFileName())}, line {frame.GetFileLineNumber()}";
                if (type.FullName!.Contains("<<Initialize>>", StringComparison.Ordinal)) yield break;
            }
            else if (!Plumbing.Contains(type.Namespace)) yield return $"   at {MethodName(method, type)}";
        }
    }

    /// <summary>The name in the source of a method, also of one that the compiler turned into a state machine or a closure.</summary>
    private static string MethodName(MethodBase method, Type type)
    {
        var name = method.Name;
        while (type.DeclaringType is { } outer && type.Name.StartsWith('<'))
        {
            if (Generated().Match(type.Name) is { Success: true } machine) name = machine.Groups[1].Value;
            type = outer;
        }
        if (Generated().Match(name) is { Success: true } lambda) name = lambda.Groups[1].Value;
        return $"{type.FullName ?? type.Name}.{name}";
    }

    /// <summary>A generic type's name without its arity.</summary>
    private static string TypeName(Type type) => type.Name.Split('`')[0];

    [GeneratedRegex("^<(\\w+)>")]
    private static partial Regex Generated();
}
