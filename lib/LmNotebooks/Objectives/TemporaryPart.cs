using System.Collections.ObjectModel;
using LmNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Objectives;

/// <summary>Parts that are on a model only while it trains.</summary>
public static class TemporaryPart
{
    /// <summary>A vector for each token, [V, C], in an Embedding: the context vectors of <see cref="SkipGram"/>. They
    /// begin at zero and so draw nothing: what they are multiplied with is random already, and nothing lies before it
    /// that would wait for a gradient.</summary>
    public static Part Vectors(string name, Model model)
    {
        var vectors = nn.Embedding(model.Vocabulary, model.Config.Width);
        using (no_grad())
        // The zeros are where training begins, and no step of it.
        using (NewDisposeScope()) vectors.weight!.zero_();
        return new Part(name, vectors.to(model.parameters().First().device));
    }

    /// <summary>A body, perhaps of another shape than the model's, that stands in for it until the model's own is
    /// trained: for <see cref="Detour.Body"/>. All its weights are its own.</summary>
    /// <param name="shape">Says in the model's description what is different.</param>
    public static Part<Body> Body(string name, Model model, Func<ModelConfig, ModelConfig> shape) =>
        Of(model, shape, donor => donor.Body, body => body.As(name));

    /// <summary>A head with a matrix of its own, that stands in for the model's until that is trained, as a probe of
    /// what the body has learned: for <see cref="Detour.Head"/>. It is drawn as a model's own head is: from a head that
    /// begins at zero, gradients reach a body late.</summary>
    public static Part<OutputHead> Head(string name, Model model) =>
        Of(model, c => c with { TieHead = false }, donor => donor.Head, head => new(name, head));

    /// <summary>A part of another model, of which all others are freed.</summary>
    private static Part<T> Of<T>(Model model, Func<ModelConfig, ModelConfig> shape, Func<Model, Part<T>> choose,
        Func<T, Part<T>> named) where T : Layer
    {
        // A whole model is built, since only a model knows how its parts are made and fit together.
        using var unused = new Generator(0);
        var donor = shape(model.Config with { ShareEncoder = false, Classes = ReadOnlyDictionary<string, int>.Empty })
            .Build(unused);

        // One part of it is wanted. The rest would hold memory for as long as the run lasts.
        var chosen = choose(donor);
        foreach (var part in donor.Parts.Where(p => p != chosen)) part.Free();

        // It stands in for a part of the model, and so must be where the model is.
        chosen.Module.to(model.parameters().First().device);
        return named(chosen.Module);
    }
}
