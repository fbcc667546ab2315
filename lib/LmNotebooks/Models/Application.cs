namespace LmNotebooks.Models;

/// <summary>One use of a matrix or of attention in the forward pass.</summary>
/// <param name="Owner">The part whose parameters are multiplied; null for attention, which has none of its own.</param>
/// <param name="Flops">Forward floating-point operations a token: multiply-adds times two. A matrix used k times is
/// listed k times.</param>
public sealed record Application(Part? Owner, double Flops)
{
    /// <summary>Whether it reads the source of a translator, or what has been made of it, and not what stands before it
    /// in the list. The encoder comes first; where such an application follows one of the target, that is attention to
    /// the source, and what comes after depends on both.</summary>
    internal bool OfSource { get; init; }
}
