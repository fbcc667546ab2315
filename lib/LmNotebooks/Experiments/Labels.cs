using LmNotebooks.Languages;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;

namespace LmNotebooks.Experiments;

/// <summary>Texts of one language, and questions about texts, of which <see cref="Scale.Labels"/> are answered to learn
/// from. The goal is to answer the first.</summary>
/// <param name="Preset">Name of the language.</param>
/// <param name="Questions">Each makes a question about a language of that preset; it may draw by the seed.</param>
public sealed record Labels(string Preset, IReadOnlyList<Question> Questions) : IWorld
{
    public string Describe(Scale scale) =>
        $"{LinguaKnobs.Preset(Preset).ToJson()} {scale.Labels} of {string.Join(", ", Questions)}";

    public (IDistribution Truth, Material Material) Draw(Scale scale, int seed)
    {
        var language = Lingua.Preset(Preset, seed);
        Dataset Asked(Question q) =>
            Dataset.Of(q.Of(language, seed), scale.Labels, scale.TestDocuments, seed) with
            {
                Question = q.Head ?? q.Name,
            };
        Dataset Of(Question q) => q.Tested is { } tested ? TestedOn(Asked(tested), Asked(q)) : Asked(q);
        List<Dataset> data =
        [
            .. Questions.Select(Of), Dataset.Of(language, scale.TrainTokens, scale.TestDocuments, seed),
        ];
        return ((Questions[0].Tested ?? Questions[0]).Of(language, seed), new Material(Aim.For(data[0]), data));
    }

    private static Dataset TestedOn(Dataset other, Dataset data) =>
        data with { Test = other.Test, Hash = Dataset.Hashed($"{data.Hash} tested on {other.Hash}") };
}
