using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Charts;

/// <summary>What a notebook kernel shows for a <see cref="Figure"/>: an interactive chart, a picture and a line of text, of which the client
/// takes the first that it can draw.</summary>
public sealed class FigureFormatters : ITypeFormatterSource
{
    public const string Plotly = "application/vnd.plotly.v1+json";
    public const string Svg = "image/svg+xml";
    public const string Text = "text/plain";

    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
    [
        new MimeFormatter(Plotly, PlotlyRenderer.ToJson),
        new MimeFormatter(Svg, SvgRenderer.ToSvg),
        new MimeFormatter(Text, figure => figure.Caption),
    ];

    private sealed class MimeFormatter(string mime, Func<Figure, string> write) : TypeFormatter<Figure>
    {
        public override string MimeType => mime;

        public override bool Format(Figure value, FormatContext context)
        {
            context.Writer.Write(write(value));
            return true;
        }
    }
}
