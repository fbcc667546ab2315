using LmNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Objectives;

/// <summary>Parts that are on a model only while it trains.</summary>
public static class TemporaryPart
{
    /// <summary>A vector for each token, [V, C], in an Embedding: the context vectors of <see cref="SkipGram"/>, or the matrix of a probe head
    /// for <see cref="Detour.Head"/>. They begin at zero and so draw nothing: what they are multiplied with is random already.</summary>
    public static Part Vectors(string name, Model model)
    {
        var vectors = nn.Embedding(model.Vocabulary, model.Config.Width);
        using (no_grad())
        using (NewDisposeScope()) vectors.weight!.zero_();
        return new Part(name, vectors.to(model.parameters().First().device));
    }

    /// <summary>A body, perhaps of another shape than the model's, that stands in for it until the model's own is trained: for <see cref="Detour.Body"/>.
    /// All its weights are its own.</summary>
    /// <param name="shape">Says in the model's description what is different.</param>
    public static Part Body(string name, Model model, Func<ModelConfig, ModelConfig> shape)
    {
        using var unused = new Generator(0);
        var donor = shape(model.Config with { ShareEncoder = false }).Build(unused);
        foreach (var part in donor.Parts.Where(p => p != donor.Body)) part.Free();
        donor.Body.Module.to(model.parameters().First().device);
        return ((Body)donor.Body.Module).As(name) with { Draw = generator => donor.Initialise(generator, [donor.Body]) };
    }
}
