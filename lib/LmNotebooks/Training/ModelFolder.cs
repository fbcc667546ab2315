using LmNotebooks.Files;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Tokens;

namespace LmNotebooks.Training;

/// <summary>A folder with all that is needed to use a model later: <c>model.safetensors</c>, which holds its kind and
/// size, and beside it what its tokens are: of a real text the tokenizer, <c>vocab.json</c> and <c>merges.txt</c>; of a
/// language of words <c>words.txt</c>, a word a line, in the order of their ids.</summary>
public static class ModelFolder
{
    private const string ModelFile = "model.safetensors", WordsFile = "words.txt";

    /// <summary>Writes the folder of a model of a real text; an earlier model in it is replaced.</summary>
    /// <exception cref="ArgumentException">Model and tokenizer do not belong together; one sentence that names both
    /// sides.</exception>
    public static void Save(string folder, LanguageModel model, BytePairs tokenizer)
    {
        if (Difference(model, tokenizer.Vocabulary, "tokenizer") is { } difference)
            throw new ArgumentException($"The model is of another tokenizer: {difference}.");
        tokenizer.Save(folder);
        File.Delete(Path.Combine(folder, WordsFile));
        Checkpoint.Save(model, Path.Combine(folder, ModelFile));
    }

    /// <summary>Writes the folder of a model of a synthetic language, with the language's words; an earlier model in it
    /// is replaced.</summary>
    /// <exception cref="ArgumentException">The model is not of this language; one sentence that names both
    /// sides.</exception>
    public static void Save(string folder, LanguageModel model, Lingua language) => Save(folder, model, language.Words);

    /// <summary>Writes the folder of a model whose tokens are these words, by their ids; an earlier model in it is
    /// replaced.</summary>
    /// <exception cref="ArgumentException">The model has another number of tokens, or a word cannot be one; one
    /// sentence.</exception>
    public static void Save(string folder, LanguageModel model, IReadOnlyList<string> words)
    {
        if (Difference(model, words.Count, "list of words") is { } difference)
            throw new ArgumentException($"The model is of other words: {difference}.");
        Tokenizers.Check(words);
        Directory.CreateDirectory(folder);
        WholeFile.Write(Path.Combine(folder, WordsFile), string.Join('\n', [.. words, ""]));
        BytePairs.Delete(folder);
        Checkpoint.Save(model, Path.Combine(folder, ModelFile));
    }

    /// <summary>Reads a model of a real text.</summary>
    /// <exception cref="IOException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is broken, or model and tokenizer do not belong together; one
    /// sentence.</exception>
    public static (LanguageModel Model, BytePairs Tokenizer) Load(string folder)
    {
        if (File.Exists(Path.Combine(folder, WordsFile)))
            throw new InvalidDataException(
                $"The model in {folder} has words for tokens: read it with ModelFolder.LoadWords.");
        var tokenizer = BytePairs.Load(folder);
        return (Load(folder, tokenizer.Vocabulary, "tokenizer"), tokenizer);
    }

    /// <summary>Reads a model whose tokens are words, and the words by their ids: <see cref="Tokenizers.Words"/> makes
    /// a tokenizer of them.</summary>
    /// <exception cref="IOException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is broken, or model and words do not belong together; one
    /// sentence.</exception>
    public static (LanguageModel Model, IReadOnlyList<string> Words) LoadWords(string folder)
    {
        var path = Path.Combine(folder, WordsFile);
        if (!File.Exists(path))
            throw new FileNotFoundException(
                $"There is no {path}: a model of words is a folder with {ModelFile} and {WordsFile}.");
        var words = File.ReadAllLines(path);
        try { Tokenizers.Check(words); }
        catch (ArgumentException e) { throw new InvalidDataException($"{path} is no list of words: {e.Message}"); }
        return (Load(folder, words.Length, "list of words"), words);
    }

    private static LanguageModel Load(string folder, int vocabulary, string what)
    {
        var model = (LanguageModel)Checkpoint.Load(Path.Combine(folder, ModelFile));
        if (Difference(model, vocabulary, what) is not { } difference) return model;
        model.Dispose();
        throw new InvalidDataException(
            $"The model in {folder} is of another {what}: {difference}. Take both from one save.");
    }

    private static string? Difference(LanguageModel model, int vocabulary, string what) =>
        model.Vocabulary == vocabulary ? null : $"it has {model.Vocabulary} tokens, and the {what} {vocabulary}";
}
