using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>A named part of a model: what a stage trains, and what a measure swaps.</summary>
public record Part(string Name, nn.Module Module)
{
    /// <summary>Draws all its weights anew; null of a temporary part that begins as it is.</summary>
    public Action<Generator>? Draw { get; init; }

    /// <summary>What it is made of, where that can be trained apart: the positions, the layers and the final norm of a
    /// Transformer's body.</summary>
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

/// <summary>A part of which it is known what it computes.</summary>
public sealed record Part<TModule> : Part where TModule : Layer
{
    public Part(string name, TModule module) : base(name, module) => (Module, Draw) = (module, generator =>
    {
        using var scope = NewDisposeScope();   // libtorch's layers hand out their weights anew each time
        module.Initialise(generator);
    });

    public new TModule Module { get; }
}
