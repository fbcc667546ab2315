using LmNotebooks.Models;

namespace LmNotebooks.Diagrams;

/// <summary>How finely parts are to be told apart.</summary>
internal static class PartRows
{
    /// <summary>The parts, each of which is wholly in or wholly out of every one of some choices: one that a choice
    /// divides is replaced by what it is made of.</summary>
    public static IEnumerable<Part> Of(IEnumerable<Part> parts, IReadOnlyList<IReadOnlyList<Part>> choices) =>
        parts.SelectMany(part => choices.Any(chosen => Divides(part, chosen)) ? Of(part.Parts, choices) : [part]);

    /// <summary>Whether the whole of a part is among those that are chosen.</summary>
    public static bool Has(this IReadOnlyList<Part> chosen, Part part) =>
        Leaves(part).All(chosen.SelectMany(Leaves).Contains);

    private static bool Divides(Part part, IReadOnlyList<Part> chosen) =>
        !chosen.Has(part) && Leaves(part).Any(chosen.SelectMany(Leaves).Contains);

    private static IEnumerable<Part> Leaves(Part part) => part.All.Where(p => p.Parts.Count == 0);
}
