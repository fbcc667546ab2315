namespace LmNotebooks.Kernel.Scripting;

/// <summary>Why a cell failed, in the three parts of a Jupyter error.</summary>
/// <param name="Name">Name of the exception's type, or <c>CompilationError</c>.</param>
/// <param name="Message">One line or a few; for a compilation error the first diagnostic.</param>
/// <param name="Traceback">Lines to print, with the line numbers of the cells themselves.</param>
public sealed record CellError(string Name, string Message, IReadOnlyList<string> Traceback)
{
    /// <summary>One line for a terminal.</summary>
    public override string ToString() => Name == Errors.Compilation ? Message : $"{Name}: {Message}";
}
