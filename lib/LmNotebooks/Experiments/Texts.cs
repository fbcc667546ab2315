using LmNotebooks.Languages;
using LmNotebooks.Tokens;

namespace LmNotebooks.Experiments;

/// <summary>Texts of one language, whose next token is to be predicted.</summary>
/// <param name="Preset">Name of the language.</param>
public sealed record Texts(string Preset) : IWorld
{
    /// <summary>The seed of the language, where that is the same in all runs; null where a run's seed draws
    /// it.</summary>
    public int? Language { get; init; }

    public string Describe(Scale scale) => LinguaKnobs.Preset(Preset).ToJson() + Language;

    public (IDistribution Truth, Material Material) Draw(Scale scale, int seed)
    {
        var language = Lingua.Preset(Preset, Language ?? seed);
        return (language, new Material(Dataset.Of(language, scale.TrainTokens, scale.TestDocuments, seed)));
    }
}
