using LmNotebooks.Languages;
using LmNotebooks.Questions;

namespace LmNotebooks.Experiments;

/// <summary>To tag each word of a text.</summary>
public sealed record TaggingWords(string Name) : LearningTask(Name)
{
    private protected override Source Of(Lingua language, LinguaPair? pair, int seed)
    {
        var tagging = new Tagging(language);
        return new(tagging, tagging.Sample, Name, OneWord: false);
    }
}
