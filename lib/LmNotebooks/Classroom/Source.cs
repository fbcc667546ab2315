using LmNotebooks.Figures;
using LmNotebooks.Records;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Classroom;

/// <summary>Shows the library's own code in a notebook, taken from the sources that the library carries, so that the
/// page cannot drift from the code.</summary>
public static class Source
{
    /// <summary>The file of a type, without its using lines and namespace.</summary>
    /// <exception cref="ArgumentException">The type is not one of the library's, or has no file of its own.</exception>
    public static SourceCode Show<T>()
    {
        var path = Sources.Paths.FirstOrDefault(p => System.IO.Path.GetFileNameWithoutExtension(p) == typeof(T).Name)
            ?? throw new ArgumentException($"{typeof(T).Name} has no source file of its own in the library.");
        var lines = Sources.Read(path).Split('\n').SkipWhile(line => !line.StartsWith("namespace ")).Skip(1);
        return new SourceCode(path, string.Join('\n', lines).Trim());
    }
}

/// <summary>Finds the formatters of <see cref="SourceCode"/>, by the convention of .NET notebooks.</summary>
internal sealed class SourceFormatters : ITypeFormatterSource
{
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
    [
        new MimeFormatter<SourceCode>("text/markdown", s =>
            $"`lib/LmNotebooks/{s.Path}`\n\n```csharp\n{s.Text}\n```\n"),
        new MimeFormatter<SourceCode>("text/plain", s => s.Text),
    ];
}
