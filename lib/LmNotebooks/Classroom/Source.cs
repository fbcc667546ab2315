using LmNotebooks.Figures;
using LmNotebooks.Records;
using LmNotebooks.Training;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Classroom;

/// <summary>Shows the library's own code in a notebook, taken from the sources that the library carries, so that the
/// page cannot drift from the code.</summary>
public static class Source
{
    /// <summary>The file of a type, without its using lines and namespace.</summary>
    /// <exception cref="ArgumentException">The type is not one of the library's.</exception>
    public static SourceCode Show<T>() => Show(typeof(T));

    /// <summary>The file of a type that cannot stand between angle brackets: of a static class, or of a generic one
    /// whose arguments are open, as in <c>typeof(TemporaryPart&lt;&gt;)</c>. A nested type stands in the file of the
    /// outer one.</summary>
    /// <exception cref="ArgumentException">The type is not one of the library's.</exception>
    public static SourceCode Show(Type type)
    {
        var path = Sources.FileOf(type) ?? throw new ArgumentException(
            $"{type.Name} has no source here, since it is no type of {Sources.Library.GetName().Name}: "
                + $"name one that is, as in {nameof(Source)}.{nameof(Show)}<{nameof(Trainer)}>().");
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
