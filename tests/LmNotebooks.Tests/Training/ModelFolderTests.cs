using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Training;

public sealed class ModelFolderTests : IDisposable
{
    private static readonly BytePairs Pairs = BpeTrainer.Train("the cat sat on the mat, the rat sat on the cat", 260);

    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    private static TransformerLm Model(int vocabulary) =>
        new(Small.Config with { Vocabulary = vocabulary, Start = '\n' }, new Generator(1));

    [Fact]
    public void A_model_and_its_tokenizer_write_on_as_before_when_they_are_read_again()
    {
        using var model = Model(Pairs.Vocabulary);
        ModelFolder.Save(folder.File("kept"), model, Pairs);
        Assert.Equal(["merges.txt", "model.safetensors", "vocab.json"], Directory.GetFiles(folder.File("kept"))
            .Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var (again, pairs) = ModelFolder.Load(folder.File("kept"));
        using (again)
        {
            var start = pairs.Tokenizer.EncodeToIds("the ");
            Assert.Equal(Pairs.Tokenizer.EncodeToIds("the "), start);
            Assert.Equal(Pairs.Tokenizer.Decode(model.Generate(start, 8, seed: 1)),
                pairs.Tokenizer.Decode(again.Generate(start, 8, seed: 1)));
        }
    }

    [Fact]
    public void A_model_of_another_tokenizer_is_refused_with_both_sides()
    {
        using var other = Model(Pairs.Vocabulary + 1);
        Assert.Contains("it has 261 tokens, and the tokenizer 260",
            Assert.Throws<ArgumentException>(() => ModelFolder.Save(folder.Path, other, Pairs)).Message);
        Pairs.Save(folder.Path);
        Checkpoint.Save(other, folder.File("model.safetensors"));
        Assert.Contains("it has 261 tokens, and the tokenizer 260",
            Assert.Throws<InvalidDataException>(() => ModelFolder.Load(folder.Path)).Message);
    }

    [Fact]
    public void A_model_of_a_synthetic_language_is_kept_with_its_words()
    {
        var language = Lingua.Preset("tiny", 3);
        using var model = Model(language.Vocabulary);
        ModelFolder.Save(folder.File("kept"), model, language);
        Assert.Equal(["model.safetensors", "words.txt"], Directory.GetFiles(folder.File("kept"))
            .Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var (again, words) = ModelFolder.LoadWords(folder.File("kept"));
        using (again)
        {
            Assert.Equal(language.Words, words);
            int[] start = [2, 3];
            Assert.Equal(model.Generate(start, 8, seed: 1), again.Generate(start, 8, seed: 1));
            Assert.Equal(start, Tokenizers.Words(words).EncodeToIds(language.Text(start)));
        }
        Assert.Contains("read it with ModelFolder.LoadWords",
            Assert.Throws<InvalidDataException>(() => ModelFolder.Load(folder.File("kept"))).Message);
    }

    [Fact]
    public void A_folder_holds_one_model_and_other_words_are_refused_with_both_sides()
    {
        var language = Lingua.Preset("tiny", 3);
        using TransformerLm ofWords = Model(language.Vocabulary), ofText = Model(Pairs.Vocabulary);
        ModelFolder.Save(folder.Path, ofWords, language);
        ModelFolder.Save(folder.Path, ofText, Pairs);
        Assert.Contains("words.txt", Assert.Throws<FileNotFoundException>(() => ModelFolder.LoadWords(folder.Path))
            .Message);
        ModelFolder.Save(folder.Path, ofWords, language);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
        Assert.Contains($"it has 260 tokens, and the list of words {language.Vocabulary}",
            Assert.Throws<ArgumentException>(() => ModelFolder.Save(folder.Path, ofText, language)).Message);
        File.AppendAllText(folder.File("words.txt"), "more\n");
        Assert.Contains("of another list of words: it has",
            Assert.Throws<InvalidDataException>(() => ModelFolder.LoadWords(folder.Path)).Message);
        File.AppendAllText(folder.File("words.txt"), "more\n");
        Assert.Contains("'more' occurs 2 times",
            Assert.Throws<InvalidDataException>(() => ModelFolder.LoadWords(folder.Path)).Message);
    }

    [Fact]
    public void A_folder_without_a_model_or_a_tokenizer_is_refused_by_the_missing_file()
    {
        Assert.Contains("vocab.json", Assert.ThrowsAny<IOException>(() => ModelFolder.Load(folder.Path)).Message);
        Pairs.Save(folder.Path);
        Assert.Contains("model.safetensors", Assert.ThrowsAny<IOException>(() => ModelFolder.Load(folder.Path))
            .Message);
    }
}
