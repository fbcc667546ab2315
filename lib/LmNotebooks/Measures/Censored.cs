namespace LmNotebooks.Measures;

/// <summary>A number, or a bound where the experiment ended before the number was reached. It shows itself as 3.2, > 64
/// or &lt; 0.25. Bounds must not be averaged with numbers.</summary>
public sealed record Censored(double Value, Censoring Censoring = Censoring.None)
{
    public override string ToString() =>
        FormattableString.Invariant($"{Sign}{Value:G3}");

    private string Sign => Censoring switch { Censoring.Above => "> ", Censoring.Below => "< ", _ => "" };
}
