using LmNotebooks.Languages;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;

namespace LmNotebooks.Experiments;

/// <summary>Translations between three languages in one vocabulary. The goal is to translate from A into C; what a
/// model learns from, its strategy says. There are <see cref="Scale.Labels"/> texts in A and B, as many others in B and
/// C, and as many others in A and C, and each of these can be learned from in both directions. Copies in B are of its
/// texts in A and B, so that who learns to copy has no more texts than others.</summary>
/// <param name="Preset">Name of the pair of A and B.</param>
public sealed record ThreeLanguages(string Preset) : IWorld
{
    public static Direction Goal { get; } = new(Language.A, Language.C);

    /// <summary>All that there is to learn from, the goal first.</summary>
    public static IReadOnlyList<Direction> Directions { get; } =
    [
        Goal, new(Language.A, Language.B), new(Language.B, Language.A), new(Language.B, Language.C),
        new(Language.C, Language.B), new(Language.B, Language.B),
    ];

    public string Describe(Scale scale) =>
        $"{PairKnobs.Preset(Preset).ToJson()} {scale.Labels} texts {string.Join(", ", Directions)}";

    public (IDistribution? Truth, Material Material) Draw(Scale scale, int seed)
    {
        var languages = JointLanguages.Preset(Preset, seed);
        var drawn = new Dictionary<(Language, int), IReadOnlyList<int[]>>();
        IReadOnlyList<int[]> Texts(Language language, int stream) =>
            drawn.TryGetValue((language, stream), out var texts) ? texts : drawn[(language, stream)] =
                languages.Sample(language, stream == 0 ? scale.TestDocuments : scale.Labels, Seeds.Mix(seed, stream));
        Corpus Rows(Direction direction, int stream) => Corpus.OfTranslations(languages.Asked(direction.Into,
            Texts(direction.From, stream), Texts(direction.Into, stream)), 0);
        var data = Directions.Select(direction => new Dataset(direction.ToString(),
            Dataset.Hashed($"{languages.Second.Hash} {direction} {scale.Labels} {scale.TestDocuments} {seed}"),
            languages.Vocabulary, 0, Rows(direction, StreamOf(direction)), Rows(direction, 0))
        {
            SourceVocabulary = languages.Vocabulary,
        }).ToList();
        return (languages, new Material(new Aim(new CausalLm(), data[0]), data));
    }

    /// <summary>The number of the texts that a direction is learned from; the test texts, 0, are the same in every
    /// direction.</summary>
    private static int StreamOf(Direction direction) => direction switch
    {
        (Language.A, Language.C) => 3,
        (Language.C, _) or (_, Language.C) => 2,
        _ => 1,
    };
}
