namespace LmNotebooks.Models;

/// <summary>A text as a distribution has read it so far. It does not change, so that several texts can go on from
/// one.</summary>
public abstract class Reading : IDisposable
{
    /// <summary>Probability of each token to come next.</summary>
    public abstract double[] Next { get; }

    /// <summary>The reading of this text with one more token.</summary>
    public abstract Reading Then(int token);

    public virtual void Dispose() { }
}
