using LmNotebooks.Languages;
using LmNotebooks.Measures;

namespace LmNotebooks.Strategies;

/// <summary>A way to guess the vector of a new word without training the model on it.</summary>
public interface INewWordMethod
{
    /// <summary>Learns from the known words how to guess.</summary>
    /// <param name="space">What the model knows of the kind of words.</param>
    /// <param name="old">Documents that the model was trained on; none has a new word.</param>
    /// <returns>From a new stem, of which the form alone may be looked at, and from the texts that have it, perhaps
    /// none, its vector of C numbers; zeros are the mean of the known stems.</returns>
    Func<Stem, IReadOnlyList<int[]>, double[]> Prepare(StemSpace space, IReadOnlyList<int[]> old, int seed);
}
