using LmNotebooks.Models;
using LmNotebooks.Tokens;

namespace LmNotebooks.Training;

/// <summary>A folder with all that is needed to use a model of a real text later: <c>model.safetensors</c>, which holds its kind and size,
/// and beside it the tokenizer, <c>vocab.json</c> and <c>merges.txt</c>.</summary>
public static class ModelFolder
{
    private const string ModelFile = "model.safetensors";

    /// <summary>Writes the folder; an earlier model in it is replaced.</summary>
    /// <exception cref="ArgumentException">Model and tokenizer do not belong together; one sentence that names both sides.</exception>
    public static void Save(string folder, LanguageModel model, BytePairs tokenizer)
    {
        if (Difference(model, tokenizer) is { } difference) throw new ArgumentException($"The model is of another tokenizer: {difference}.");
        tokenizer.Save(folder);
        Checkpoint.Save(model, Path.Combine(folder, ModelFile));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="IOException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is broken, or model and tokenizer do not belong together; one sentence.</exception>
    public static (LanguageModel Model, BytePairs Tokenizer) Load(string folder)
    {
        var tokenizer = BytePairs.Load(folder);
        var model = (LanguageModel)Checkpoint.Load(Path.Combine(folder, ModelFile));
        if (Difference(model, tokenizer) is not { } difference) return (model, tokenizer);
        model.Dispose();
        throw new InvalidDataException($"The model in {folder} is of another tokenizer: {difference}. Take both from one save.");
    }

    private static string? Difference(LanguageModel model, BytePairs tokenizer) => model.Vocabulary == tokenizer.Vocabulary ? null
        : $"it has {model.Vocabulary} tokens, and the tokenizer {tokenizer.Vocabulary}";
}
