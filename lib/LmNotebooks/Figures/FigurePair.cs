using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Figures;

/// <summary>Two figures beside each other over one y axis and one legend: marks of one family have the same colour in
/// both.</summary>
[TypeFormatterSource(typeof(FigureFormatters),
    PreferredMimeTypes = [FigureFormatters.Plotly, FigureFormatters.Svg, FigureFormatters.Text])]
public sealed record FigurePair : Graphic
{
    /// <exception cref="ArgumentException">The figures do not have the same y axis of numbers.</exception>
    public FigurePair(Figure left, Figure right)
    {
        if (left.Y != right.Y || left.Y.Categories is not null)
            throw new ArgumentException($"\"{left.Title}\" and \"{right.Title}\" do not have the same y axis of "
                + "numbers: show them one after the other.");
        (Left, Right) = (left, right);
    }

    public Figure Left { get; }
    public Figure Right { get; }

    public override string Caption => $"{Left.Caption} {Right.Caption}";

    internal override string Finding => $"{Left.Finding} {Right.Finding}".Trim();

    internal override string Rest => string.Join(' ', new[] { Left.Rest, Right.Rest }.Distinct()).Trim();

    internal override IReadOnlyList<Figure> Panels => [Left, Right];
}
