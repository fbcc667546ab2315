using LmNotebooks.Experiments;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Notebooks 02 and 04: encoder and decoder, trained together, apart, and with the same weights. Shown, not
/// judged.</summary>
public static class TranslationExperiment
{
    public static Experiment Definition { get; } =
        new("translation", "Can encoder and decoder of a translator be trained apart, and can they be one?",
            new Translations("base"),
        [
            Shown("joint", new Joint()), Shown("joint, untied head", new Joint()) with { Size = c =>
                c with { TieHead = false } },
            Shown("encoder and decoder shared", WeightSharing.EncoderDecoder),
            Shown("random encoder, frozen", new StagedTranslator { EncoderShare = 0 }),
            Shown("encoder first, then frozen", new StagedTranslator { EncoderShare = 0.6 }),
        ], []);

    /// <summary>Translations are a third as long as documents of running text, so three times as many make a batch of
    /// as many tokens.</summary>
    private static Trained Shown(string name, IStrategy strategy) => new(name, strategy)
    {
        Gallery = true, At = scale => scale with { Options =
            scale.Options with { BatchRows = 3 * scale.Options.BatchRows } },
    };
}
