namespace LmNotebooks.Tokens;

/// <summary>The texts that are asked about, as texts to learn from: without the questions and the answers.</summary>
public static class AskedTexts
{
    /// <summary>The sources of data with answers; the same ones to test on.</summary>
    /// <exception cref="ArgumentException">The data have no sources.</exception>
    public static Dataset Of(Dataset answered)
    {
        var vocabulary = answered.SourceVocabulary
            ?? throw new ArgumentException($"{answered.Name} asks about no texts: give data with answers.");
        Corpus Texts(Corpus corpus) => Corpus.OfDocuments(corpus.Sources!, answered.Start);
        return new Dataset($"texts of {answered.Name}", Dataset.Hashed($"{answered.Hash} texts"), vocabulary,
            answered.Start, Texts(answered.Train), Texts(answered.Test));
    }
}
