using LmNotebooks.Languages;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;

namespace LmNotebooks.Experiments;

/// <summary>Several tasks about the texts of one language, which may be learned one by one or together. The goal is the
/// first.</summary>
/// <param name="Preset">Name of the language, or of the pair whose source it is.</param>
public sealed record Tasks(string Preset, IReadOnlyList<LearningTask> All) : IWorld
{
    /// <summary>Whether the preset is a pair, so that its texts can be translated.</summary>
    public bool IsPair { get; init; }

    public string Describe(Scale scale) =>
        $"{(IsPair ? PairKnobs.Preset(Preset).ToJson() : LinguaKnobs.Preset(Preset).ToJson())} {scale.Labels} of "
        + string.Join(", ", All);

    public (IDistribution? Truth, Material Material) Draw(Scale scale, int seed)
    {
        var pair = IsPair ? LinguaPair.Preset(Preset, seed) : null;
        var language = pair?.Source ?? Lingua.Preset(Preset, seed);
        var drawn = All.Select(task => (task.Name, Drawn: task.Draw(language, pair, scale, seed))).ToList();
        List<Dataset> data = [.. drawn.Select(t => t.Drawn.Data)];
        return (new Truths(drawn.ToDictionary(t => t.Name, t => t.Drawn.Truth), data[0].Name),
            new Material(TaskAims.For(data[0]), data));
    }
}
