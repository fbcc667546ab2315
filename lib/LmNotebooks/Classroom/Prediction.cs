using System.Globalization;
using LmNotebooks.Figures;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Classroom;

/// <summary>A guess, written down before the result is seen.</summary>
[TypeFormatterSource(typeof(PredictionFormatters), PreferredMimeTypes = ["text/plain"])]
public sealed record Prediction(string Question, double Guess, string Unit)
{
    private const string Invitation = "Open: write your number in place of double.NaN, and run the cell again.";

    /// <summary>Whether there is no guess yet.</summary>
    public bool IsOpen => double.IsNaN(Guess);

    /// <summary>What came out, once the guess was set beside it; else null.</summary>
    public double? Result { get; private set; }

    /// <summary>The guess beside the result, in one sentence; both are kept, see <see cref="Predictions"/>. Of an open
    /// prediction nothing is kept, and the result stays unsaid.</summary>
    public string Against(double result)
    {
        if (IsOpen) return $"{Question} {Invitation}";
        Result = result;
        Predictions.Keep(this, result);
        var off = Guess - result;
        var verdict = IsClose(result) ? "within a tenth of it" : off > 0
            ? $"{Text(off)} too high" : $"{Text(-off)} too low";
        return $"{Question} You said {Text(Guess)}, it is {Text(result)} {Unit}: {verdict}.";
    }

    public override string ToString() => IsOpen ? $"{Question} {Invitation}"
        : $"{Question} You say {Text(Guess)} {Unit}.";

    /// <summary>Whether the guess is within a tenth of a result.</summary>
    internal bool IsClose(double result) => Math.Abs(Guess - result) <= 0.1 * Math.Abs(result);

    internal static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}

/// <summary>Finds the formatters of <see cref="Prediction"/>, by the convention of .NET notebooks.</summary>
internal sealed class PredictionFormatters : ITypeFormatterSource
{
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
        [new MimeFormatter<Prediction>("text/plain", p => p.ToString())];
}
