namespace LmNotebooks.Figures;

/// <summary>A labelled straight line across the figure.</summary>
/// <param name="Vertical">Drawn at this x; otherwise at this y.</param>
/// <param name="Below">A horizontal line's label stands under it.</param>
public sealed record Reference(string Name, double Value, bool Vertical = false, bool Below = false) : Mark(Name)
{
    internal override IEnumerable<double> Xs => Vertical ? [Value] : [];
    internal override IEnumerable<double> Ys => Vertical ? [] : [Value];
}
