using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Figures;

/// <summary>What stands in the place of a chart that has nothing to draw.</summary>
[TypeFormatterSource(typeof(SentenceFormatters), PreferredMimeTypes = ["text/plain"])]
public sealed record Sentence(string Text) : Graphic
{
    public override string Caption => Text;

    internal override IReadOnlyList<Figure> Panels => [];
}

/// <summary>Finds the formatters of <see cref="Sentence"/>, by the convention of .NET notebooks.</summary>
internal sealed class SentenceFormatters : ITypeFormatterSource
{
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
        [new MimeFormatter<Sentence>("text/plain", s => s.Text)];
}
