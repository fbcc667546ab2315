using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Turns what went wrong in a cell into lines that name the cell's own lines, without the frames of Roslyn and
/// of this program.</summary>
internal static partial class Errors
{
    public const string Compilation = "CompilationError";

    /// <summary>The names of the assemblies that cells become begin with this.</summary>
    public const string CellAssembly = "cell*";

    private const int MostFrames = 40;

    /// <summary>What await and tasks put between the frames of a program.</summary>
    private static readonly string?[] Plumbing =
        ["System.Runtime.CompilerServices", "System.Runtime.ExceptionServices", "System.Threading",
        "System.Threading.Tasks"];

    public static CellError Of(ImmutableArray<Diagnostic> diagnostics, CSharpCompilation cell, string cellName)
    {
        var advice = new Advice(cell);
        var lines = diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)
            .OrderBy(d => d.Location.SourceSpan.Start).Select(d => Line(d, advice, cellName)).ToList();
        return new CellError(Compilation, lines[0], lines);
    }

    public static CellError Of(Exception exception)
    {
        var told = exception is AggregateException many && Causes(many) is [var only] ? only : exception;
        return new CellError(TypeName(told.GetType()), Message(told), [.. Lines(told, "")]);
    }

    /// <param name="exception">What ended the cell, for the lines where it was; null if it did not run or does not
    /// end.</param>
    public static CellError Interrupted(Exception? exception = null)
    {
        const string Name = "Interrupted", Sentence = "The cell was interrupted.";
        return new CellError(Name, Sentence, [$"{Name}: {Sentence}", .. exception is null ? [] : Frames(exception)
            .Where(f => f.InCell).Select(f => f.Line)]);
    }

    /// <summary>Whether this is how an interrupted cell ends.</summary>
    public static bool IsInterrupt(Exception exception) =>
        exception is OperationCanceledException or ThreadInterruptedException || Causes(exception).Any(IsInterrupt);

    /// <summary>Whether code of a cell threw it, or passed it on.</summary>
    public static bool IsOfCell(Exception exception) => Frames(exception).Any(f => f.InCell);

    private static IEnumerable<string> Lines(Exception e, string prefix)
    {
        var frames = Frames(e).Select(f => f.Line).ToList();
        if (frames.Count > MostFrames)
            frames = [.. frames.Take(MostFrames / 2), $"   ... {frames.Count - MostFrames} more ...",
                .. frames.TakeLast(MostFrames / 2)];
        return [$"{prefix}{TypeName(e.GetType())}: {Message(e)}", .. frames, .. Causes(e)
            .SelectMany(cause => Lines(cause, "caused by "))];
    }

    private static IReadOnlyList<Exception> Causes(Exception e) =>
        e is AggregateException many ? many.Flatten().InnerExceptions : e.InnerException is { } inner ? [inner] : [];

    /// <summary>Without the frames of its own C++ code that libtorch adds; of several exceptions, how many, since each
    /// is told; of two types of one name, the cells that declared them.</summary>
    private static string Message(Exception e) => e switch
    {
        AggregateException => $"{Causes(e).Count} errors occurred.",
        InvalidCastException => TwoTypes().Replace(e.Message,
            "'$1' of $3 is not the '$2' of $4: run again the cells that made or use the old one."),
        _ => Native().Replace(e.Message, "").TrimEnd(),
    };

    private static string Line(Diagnostic d, Advice advice, string cellName)
    {
        var position = d.Location.GetMappedLineSpan();
        var file = position.Path == cellName ? "" : Path.GetFileName(position.Path);
        var (line, column) = (position.StartLinePosition.Line + 1, position.StartLinePosition.Character + 1);
        return $"{file}({line},{column}): error {d.Id}: {advice.Of(d)}";
    }

    /// <summary>From the place of the exception out to the top of the cell; what called the cell is not the
    /// reader's.</summary>
    private static IEnumerable<(string Line, bool InCell)> Frames(Exception exception)
    {
        foreach (var frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetMethod() is not { DeclaringType: { } type } method) continue;
            if (type.Assembly.GetName().Name!.StartsWith(CellAssembly, StringComparison.Ordinal))
            {
                if (frame.GetFileLineNumber() > 0)
                    yield return ($"   at {Path.GetFileName(frame.GetFileName())}, line {frame.GetFileLineNumber()}",
                    true);
                if (type.FullName!.Contains("<<Initialize>>", StringComparison.Ordinal)) yield break;
            }
            else if (!Plumbing.Contains(type.Namespace) && type.Assembly != typeof(Errors).Assembly)
                yield return ($"   at {MethodName(method, type)}", false);
        }
    }

    /// <summary>The name in the source of a method, also of one that the compiler turned into a state machine or a
    /// closure.</summary>
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

    [GeneratedRegex(@"^\[A\](.+?) cannot be cast to \[B\](.+?)\. Type A originates from 'cell\*\d+ ([^,]+),"
        + @".*Type B originates from 'cell\*\d+ ([^,]+),.*$", RegexOptions.Singleline)]
    private static partial Regex TwoTypes();

    [GeneratedRegex("^<(\\w+)>")]
    private static partial Regex Generated();

    [GeneratedRegex(@"\s*(Exception raised from|frame #\d+:).*", RegexOptions.Singleline)]
    private static partial Regex Native();
}
