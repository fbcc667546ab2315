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
}
