namespace LmNotebooks.Figures;

/// <summary>A value for each row of the y axis and each column of the x axis, drawn as a strength of one colour: none
/// is 0, or the least value if one is below 0, and full is the largest value. Light and dark tell it apart for every
/// kind of colour vision, and in print.</summary>
/// <param name="Name">What the values are, with their unit.</param>
/// <param name="Values">Rows from the top, columns from the left.</param>
public sealed record Heat(string Name, double[,] Values) : Mark(Name)
{
    internal override IEnumerable<double> Xs => [];
    internal int Rows => Values.GetLength(0);
    internal int Columns => Values.GetLength(1);

    /// <summary>The values without colour and with full colour.</summary>
    internal (double None, double Full) Ends
    {
        get
        {
            var (none, full) = (Math.Min(0, Values.Cast<double>().Min()), Values.Cast<double>().Max());
            return (none, full > none ? full : none + 1);
        }
    }

    internal override void Check()
    {
        Together(Values.Length);
        if (Values.Cast<double>().Any(v => !double.IsFinite(v)))
            throw new ArgumentException($"{Name} has a value that is not a finite number.");
    }
}
