using LmNotebooks.Languages;

namespace LmNotebooks.Models;

/// <summary>A text as a distribution has read it so far. It does not change, so that several texts can go on from
/// one.</summary>
public abstract class Reading : IDisposable
{
    /// <summary>Probability of each token to come next.</summary>
    public abstract double[] Next { get; }

    /// <summary>This text and one more token.</summary>
    public abstract Reading Then(int token);

    public virtual void Dispose() { }

    /// <summary>Reads the beginning of a text. A language model keeps what it needs to go on; any other distribution
    /// reads all anew.</summary>
    public static Reading Of(ISequenceDistribution distribution, IReadOnlyList<int> prefix) =>
        // a copy: the caller's text may grow
        distribution is LanguageModel model ? model.Read(prefix) : new Anew(distribution, [.. prefix]);

    private sealed class Anew(ISequenceDistribution distribution, IReadOnlyList<int> text) : Reading
    {
        public override double[] Next { get; } = distribution.Next(text);
        public override Reading Then(int token) => new Anew(distribution, [.. text, token]);
    }
}
