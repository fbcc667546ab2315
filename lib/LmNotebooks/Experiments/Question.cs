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

    /// <summary>The question that has the test texts, where they are others than those that are learned from; null for
    /// this one itself. Its answers are to be the same.</summary>
    public Question? Tested { get; init; }

    public override string ToString() => Tested is null ? Name : $"{Name}, tested by {Tested}";
}
