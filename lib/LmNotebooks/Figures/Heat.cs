namespace LmNotebooks.Figures;

/// <summary>A value for each row of the y axis and each column of the x axis, drawn as a strength of one colour: none
/// is 0, or the least value if one is below 0, and full is the largest value. Light and dark tell it apart for every
/// kind of colour vision, and in print.</summary>
/// <param name="Name">What the values are, with their unit.</param>
/// <param name="Values">Rows from the top, columns from the left. Where texts are written, one that is not a
/// number has no colour.</param>
public sealed record Heat(string Name, double[,] Values) : Mark(Name)
{
    /// <summary>What is written into the cells; null for nothing. Colours are pale then, so that it can be
    /// read.</summary>
    public string[,]? Texts { get; init; }

    /// <summary>Drawn as a strength of two colours: none is 0, full is the largest size, and the colour tells the
    /// sign.</summary>
    public bool IsSigned { get; init; }

    internal override IEnumerable<double> Xs => [];
    internal int Rows => Values.GetLength(0);
    internal int Columns => Values.GetLength(1);

    /// <summary>The values at the two ends of the colours: without colour and with full colour, or full with either
    /// sign.</summary>
    internal (double Least, double Most) Ends
    {
        get
        {
            var known = Values.Cast<double>().Where(double.IsFinite).DefaultIfEmpty().ToList();
            if (IsSigned) return known.Max(Math.Abs) is > 0 and var size ? (-size, size) : (-1, 1);
            var (none, full) = (Math.Min(0, known.Min()), known.Max());
            return (none, full > none ? full : none + 1);
        }
    }

    internal override void Check()
    {
        Together(Values.Length, Texts?.Length);
        if (Values.Cast<double>().Any(v => !double.IsFinite(v) && (Texts is null || !double.IsNaN(v))))
            throw new ArgumentException($"{Name} has a value that is not a finite number.");
    }
}
