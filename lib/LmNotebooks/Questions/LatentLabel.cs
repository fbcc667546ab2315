using LmNotebooks.Languages;

namespace LmNotebooks.Questions;

/// <summary>A hidden cause of a text as the question about it: topic and register of the document, polarity and intent
/// of its last sentence. The text only hints at it, so that even the truth is wrong at times.</summary>
/// <param name="which">The answers are its values, in the order of <see cref="Latents.Value"/>.</param>
public sealed class LatentLabel(Lingua language, Latent which)
    : Labelling(which.ToString().ToLowerInvariant(), language, language.Values(which))
{
    public override int LabelOf(Document document) => document.Sentences[^1].Latents.Value(which);

    public override double[] Posterior(IReadOnlyList<int> document) => Language.PosteriorOfLast(which, document);
}
