using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>Base of the kit's modules. C# runs a derived class's field initialisers before this constructor, so
/// registering here gives every sub-module and parameter the plain name of its field.</summary>
public abstract class Layer : nn.Module<Tensor, Tensor>
{
    protected Layer() : base("layer") => RegisterComponents();

    /// <summary>Draws all its weights anew. Constructors draw from a process-wide generator, and runs that share a
    /// process must not disturb each other.</summary>
    public abstract void Initialise(Generator generator);
}
