using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>Makes the models that descriptions are of.</summary>
public static class ModelFactory
{
    /// <summary>The model that this describes; every parameter comes from <paramref name="generator"/>.</summary>
    /// <exception cref="ArgumentException">The size is impossible.</exception>
    public static Model Build(this ModelConfig config, Generator generator) => config switch
    {
        { SourceVocabulary: not null } => new EncoderDecoder(config, generator),
        { IsTransformer: true } => new TransformerLm(config, generator),
        _ => new RecurrentLm(config, generator),
    };

    extension(LanguageModel)
    {
        /// <summary>The language model that a description is of.</summary>
        /// <exception cref="ArgumentException">The size is impossible, or it describes a translator.</exception>
        public static LanguageModel Of(ModelConfig config, Generator generator) =>
            config.Build(generator) as LanguageModel
                ?? throw new ArgumentException("SourceVocabulary is set, so this describes a translator and no "
                    + "language model: leave it out.");
    }
}
