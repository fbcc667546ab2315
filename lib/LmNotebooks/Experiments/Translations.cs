using LmNotebooks.Languages;
using LmNotebooks.Tokens;

namespace LmNotebooks.Experiments;

/// <summary>Texts of one language with their translations into another, whose next token is to be predicted.</summary>
/// <param name="Preset">Name of the pair of languages.</param>
public sealed record Translations(string Preset) : IWorld
{
    public string Describe(Scale scale) => PairKnobs.Preset(Preset).ToJson();

    public (IDistribution Truth, Material Material) Draw(Scale scale, int seed)
    {
        var pair = LinguaPair.Preset(Preset, seed);
        return (pair, new Material(Dataset.Of(pair, scale.TrainTokens, scale.TestDocuments, seed)));
    }
}
