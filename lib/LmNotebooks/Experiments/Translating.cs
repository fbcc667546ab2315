using LmNotebooks.Languages;

namespace LmNotebooks.Experiments;

/// <summary>To translate texts.</summary>
public sealed record Translating(string Name) : LearningTask(Name)
{
    private protected override Source Of(Lingua language, LinguaPair? pair, int seed) => pair is null
        ? throw new ArgumentException($"'{Name}' is a translation, and this world has one language: name a pair.")
        : new(pair, pair.Sample, Head: null, OneWord: false);
}
