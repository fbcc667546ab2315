using LmNotebooks.Figures;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Diagrams;

/// <summary>What a notebook kernel shows for a <see cref="Drawing"/>: a picture, or its sentence.</summary>
internal sealed class DrawingFormatters : ITypeFormatterSource
{
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
    [
        new MimeFormatter<Drawing>(FigureFormatters.Svg, drawing => drawing.ToSvg()),
        new MimeFormatter<Drawing>(FigureFormatters.Text, drawing => drawing.Caption),
    ];
}
