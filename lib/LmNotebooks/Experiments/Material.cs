using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;

namespace LmNotebooks.Experiments;

/// <summary>What there is to learn from, and what for.</summary>
/// <param name="Goal">What a model is for; it names its data.</param>
/// <param name="Data">All data, the goal's among them: texts, translations, questions about texts.</param>
public sealed record Material(Aim Goal, IReadOnlyList<Dataset> Data)
{
    /// <summary>Material of one data set: to predict its next token, or the next of its translations.</summary>
    public Material(Dataset data) : this(new Aim(new CausalLm(), data), [data]) { }

    /// <summary>The data of the goal.</summary>
    public Dataset GoalData => Goal.Data!;

    /// <summary>The model of a scale that reads all of it: as many token ids as the texts have, a context for the
    /// longest of them, and a head for each question. A translator is asked about what it translates: its encoder reads
    /// that whole.</summary>
    public ModelConfig Config(Scale scale)
    {
        var translations = Data.FirstOrDefault(d => d.Question is null && d.SourceVocabulary is not null);
        var texts = Data.FirstOrDefault(d => d.SourceVocabulary is null) ?? translations;
        return new ModelConfig
        {
            Vocabulary = texts?.Vocabulary ?? GoalData.SourceVocabulary!.Value, Start = GoalData.Start,
            Context = Data.Max(Length), Width = scale.Width, Layers = scale.Layers, Heads = scale.Heads,
            Classes = Data.Where(d => d.Question is not null).DistinctBy(d => d.Question)
                .ToDictionary(d => d.Question!, d => d.Vocabulary),
            SourceVocabulary = translations?.SourceVocabulary,
            SourceContext = translations is null ? 0 : Data.Max(SourceLength),
            ReadsWhole = translations is not null && Data.Any(d => d.Question is not null),
        };
    }

    /// <summary>Positions that an encoder needs: where a text is asked about, the start stands before it.</summary>
    private static int SourceLength(Dataset data) => data.SourceLength + (data.Question is null ? 0 : 1);

    /// <summary>Positions that reading takes. Where texts are read whole, as those that are asked about are, the start
    /// stands before every word; else the last word is only predicted.</summary>
    private int Length(Dataset data) => Math.Max(data.Train.Length, data.Test.Length)
        + (Goal.Objective.ReadsWhole || Data.Any(d => d.Question is not null) ? 1 : 0);
}
