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
        $"{LinguaKnobs.Preset(Preset).ToJson()} {scale.Labels} of {string.Join(", ", Questions.Select(q => q.Name))}";

    public (IDistribution Truth, Material Material) Draw(Scale scale, int seed)
    {
        var language = Lingua.Preset(Preset, seed);
        var labellings = Questions.Select(q => q.Of(language, seed)).ToList();
        List<Dataset> data =
            [.. labellings.Zip(Questions, (l, q) => Dataset.Of(l, scale.Labels, scale.TestDocuments, seed) with
                {
                    Question = q.Head ?? q.Name,
                }),
                Dataset.Of(language, scale.TrainTokens, scale.TestDocuments, seed)];
        return (labellings[0], new Material(Aim.For(data[0]), data));
    }
}
