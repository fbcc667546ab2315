using LmNotebooks.Languages;
using LmNotebooks.Questions;

namespace LmNotebooks.Experiments;

/// <summary>A question that can be asked about every language of a preset.</summary>
/// <param name="Name">With all that decides what is asked, phi and alpha say; without a full stop. It names the head,
/// too.</param>
public sealed record Question(string Name, Func<Lingua, int, Labelling> Of)
{
    /// <summary>Name of the head that answers; null for one of its own. Questions that name one head share
    /// it.</summary>
    public string? Head { get; init; }
}
