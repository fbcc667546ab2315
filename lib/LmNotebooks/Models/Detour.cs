namespace LmNotebooks.Models;

/// <summary>Another way through a model, on which its parts are trained before all of them are there.</summary>
public sealed record Detour
{
    /// <summary>The way that the model itself takes.</summary>
    public static Detour None { get; } = new();

    /// <summary>Stands in the place of the model's body.</summary>
    public Part<Body>? Body { get; init; }

    /// <summary>Stands in the place of the model's head.</summary>
    public Part<OutputHead>? Head { get; init; }

    /// <summary>After how many layers it leaves the body, through the body's final norm; null for after all of
    /// them.</summary>
    public int? Layers { get; init; }

    /// <summary>The parts that stand in.</summary>
    public IReadOnlyList<Part> Parts => [.. new Part?[] { Body, Head }.OfType<Part>()];

    public override string ToString() => this == None ? ""
        : $" through {string.Join(" and ", UpTo.Concat(Parts.Select(p => p.Name)))}";

    private IEnumerable<string> UpTo => Layers is { } layers ? [$"layers up to {layers}"] : [];
}
