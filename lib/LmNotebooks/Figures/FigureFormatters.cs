using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Figures;

/// <summary>What a notebook kernel shows for a <see cref="Graphic"/>: an interactive chart, a picture and a line of
/// text, of which the client takes the first that it can draw.</summary>
public sealed class FigureFormatters : ITypeFormatterSource
{
    public const string Plotly = "application/vnd.plotly.v1+json";
    public const string Svg = "image/svg+xml";
    public const string Text = "text/plain";

    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
    [
        new MimeFormatter<Graphic>(Plotly, PlotlyRenderer.ToJson),
        new MimeFormatter<Graphic>(Svg, SvgRenderer.ToSvg),
        new MimeFormatter<Graphic>(Text, graphic => graphic.Caption),
    ];
}

/// <summary>Writes values of one type in one form.</summary>
internal sealed class MimeFormatter<T>(string mime, Func<T, string> write) : TypeFormatter<T>
{
    public override string MimeType => mime;

    public override bool Format(T value, FormatContext context)
    {
        context.Writer.Write(write(value));
        return true;
    }
}
