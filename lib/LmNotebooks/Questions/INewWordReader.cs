using LmNotebooks.Languages;

namespace LmNotebooks.Questions;

/// <summary>A distribution over documents that has been told something of each held-out stem of its language. As it
/// stands, it expects all of them.</summary>
public interface INewWordReader : ISequenceDistribution
{
    /// <summary>The distribution that expects one new stem and no other.</summary>
    /// <exception cref="ArgumentException">It has not been told of this stem.</exception>
    ISequenceDistribution Saying(Stem stem);
}
