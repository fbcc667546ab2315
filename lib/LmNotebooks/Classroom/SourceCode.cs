using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Classroom;

/// <summary>A piece of the library's code, as it runs.</summary>
[TypeFormatterSource(typeof(SourceFormatters), PreferredMimeTypes = ["text/markdown", "text/plain"])]
public sealed record SourceCode(string Path, string Text);
