using LmNotebooks.Languages;
using LmNotebooks.Tokens;

namespace LmNotebooks.Experiments;

/// <summary>One quantity measured of every finished model.</summary>
/// <param name="Of">From the truth, which is null where nobody knows it, the model and the data set.</param>
public sealed record Measurement(string Name, Func<IDistribution?, IDistribution, Dataset, double> Of)
{
    /// <summary>Where the code stands that measures: records depend on it.</summary>
    internal Type Source { get; private init; } = Of.Method.DeclaringType!;

    /// <summary>A quantity measured of models of a single language.</summary>
    public static Measurement OfLanguage(string name, Func<Lingua, ISequenceDistribution, Dataset, double> of) =>
        new(name, (truth, model, data) => of(truth as Lingua ?? throw new InvalidOperationException(
            $"'{name}' can be measured only in a language whose truth is known: leave it out."),
            (ISequenceDistribution)model, data)) { Source = of.Method.DeclaringType! };
}
