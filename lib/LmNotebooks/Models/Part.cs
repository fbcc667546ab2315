using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>A named part of a model: what a stage trains, and what a measure swaps.</summary>
public sealed record Part(string Name, nn.Module Module)
{
    /// <summary>Draws a temporary part when its run begins; null where it begins as it is. Parts of a model are drawn
    /// with the model.</summary>
    public Action<Generator>? Draw { get; init; }

    /// <summary>What it is made of, where that can be trained apart: the layers of a Transformer's body and its final
    /// norm.</summary>
    public IReadOnlyList<Part> Parts { get; init; } = [];

    /// <summary>This part and all parts in it.</summary>
    public IEnumerable<Part> All => [this, .. Parts.SelectMany(p => p.All)];

    /// <summary>Frees its weights. The module alone would keep those of the kit's own layers until they are
    /// collected.</summary>
    internal void Free()
    {
        foreach (var p in Module.parameters()) p.Dispose();
        Module.Dispose();
    }
}

/// <summary>One use of a matrix or of attention in the forward pass.</summary>
/// <param name="Owner">The part whose parameters are multiplied; null for attention, which has none of its own.</param>
/// <param name="Flops">Forward floating-point operations a token: multiply-adds times two. A matrix used k times is
/// listed k times.</param>
public sealed record Application(Part? Owner, double Flops)
{
    /// <summary>Whether it reads the source of a translator, or what has been made of it, and not what stands before it
    /// in the list. The encoder comes first; where such an application follows one of the target, that is attention to
    /// the source, and what comes after depends on both.</summary>
    public bool OfSource { get; init; }
}

/// <summary>Another way through a model, on which its parts are trained before all of them are there.</summary>
public sealed record Detour
{
    /// <summary>The way that the model itself takes.</summary>
    public static Detour None { get; } = new();

    /// <summary>Stands in the place of the model's body; its module is a <see cref="Models.Body"/>.</summary>
    public Part? Body { get; init; }

    /// <summary>Stands in the place of the model's head; its module is an <see cref="OutputHead"/>.</summary>
    public Part? Head { get; init; }

    /// <summary>After how many layers it leaves the body, through the body's final norm; null for after all of
    /// them.</summary>
    public int? Layers { get; init; }

    /// <summary>The parts that stand in.</summary>
    public IReadOnlyList<Part> Parts => [.. new[] { Body, Head }.OfType<Part>()];

    public override string ToString() => this == None ? ""
        : $" through {string.Join(" and ", [.. Layers is { } layers ? new[] { $"layers up to {layers}" } : [], .. Parts.Select(p => p.Name)])}";
}
