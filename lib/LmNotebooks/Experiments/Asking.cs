using LmNotebooks.Languages;
using LmNotebooks.Questions;

namespace LmNotebooks.Experiments;

/// <summary>A question about texts.</summary>
/// <param name="Labels">The question, of a language and by the seed.</param>
public sealed record Asking(string Name, Func<Lingua, int, Labelling> Labels) : LearningTask(Name)
{
    /// <summary>Name of the head that answers; null for one of its own. Tasks that name one head share it.</summary>
    public string? Head { get; init; }

    private protected override Source Of(Lingua language, LinguaPair? pair, int seed)
    {
        var labelling = Labels(language, seed);
        return new(labelling, labelling.Sample, Head ?? Name, OneWord: true);
    }

    private protected override string Detail => Head is null ? "" : $" by {Head}";
}
