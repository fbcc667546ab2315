using System.Text;
using LmNotebooks.Languages;
using LmNotebooks.Tokens;

namespace LmNotebooks.Tests.Languages;

public sealed class RealTextTests : IDisposable
{
    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_is_its_files_in_the_order_of_their_names()
    {
        Directory.CreateDirectory(folder.File("sub"));
        File.WriteAllText(folder.File("b.txt"), "zwei ");
        File.WriteAllText(folder.File("a.txt"), "äins ");
        File.WriteAllText(folder.File("sub/c.txt"), "drei");
        Assert.Equal("äins zwei drei", RealText.Read(folder.Path));
    }

    [Fact]
    public void A_missing_or_empty_text_is_one_sentence()
    {
        File.WriteAllText(folder.File("empty.txt"), "");
        Assert.Contains("There is no file or folder", Assert.Throws<FileNotFoundException>(() => RealText.Read(folder.File("none"))).Message);
        Assert.Contains("There is no text in", Assert.Throws<IOException>(() => RealText.Read(folder.File("empty.txt"))).Message);
    }

    [Fact]
    public void A_file_that_is_not_UTF8_is_refused_with_the_place()
    {
        File.WriteAllBytes(folder.File("latin1.txt"), [.. "gr"u8, 0xFC, .. "n"u8]);
        Assert.EndsWith("latin1.txt is not UTF-8: the byte at offset 2 is wrong. Save it as UTF-8.",
            Assert.Throws<InvalidDataException>(() => RealText.Read(folder.File("latin1.txt"))).Message);
    }

    [Fact]
    public void A_data_set_of_a_text_keeps_the_end_for_testing()
    {
        File.WriteAllText(folder.File("text.txt"), string.Concat(Enumerable.Range(0, 1000).Select(i => (char)('a' + i % 26))));
        var data = Dataset.OfText(folder.File("text.txt"), 16);
        Assert.Equal((256, "text.txt"), (data.Vocabulary, data.Name));
        Assert.Equal(896, data.Train.Tokens);
        Assert.Equal(96, data.Test.Tokens);
        Assert.Contains("at least 1027", Assert.Throws<ArgumentException>(() => Dataset.OfText(folder.File("text.txt"), 512)).Message);
    }

    [Fact]
    public void A_data_set_in_tokens_tells_its_losses_in_bits_per_byte()
    {
        File.WriteAllText(folder.File("text.txt"), string.Concat(Enumerable.Repeat("abc abd\n", 400)));
        var pairs = BpeTrainer.Train(RealText.Read(folder.File("text.txt")), 259);      // three merges
        var (bytes, tokens) = (Dataset.OfText(folder.File("text.txt"), 16), Dataset.OfText(folder.File("text.txt"), 16, pairs));
        Assert.Equal(259, tokens.Vocabulary);
        Assert.NotEqual(bytes.Hash, tokens.Hash);
        Assert.Equal(tokens.Test.Documents.Sum(d => Encoding.UTF8.GetByteCount(pairs.Tokenizer.Decode(d))), tokens.TestBytes);
        Assert.Equal(8, bytes.BitsPerByte(Math.Log(256)), 12);                          // a byte that nothing is known about
        Assert.Equal(Math.Log2(259) * tokens.Test.Tokens / tokens.TestBytes, tokens.BitsPerByte(Math.Log(259)), 12);
        Assert.True(tokens.TestBytes > 1.5 * tokens.Test.Tokens);
    }

    [Fact]
    public void A_language_has_no_bytes() =>
        Assert.Contains("is no text", Assert.Throws<InvalidOperationException>(() => Small.Data.BitsPerByte(1)).Message);
}
