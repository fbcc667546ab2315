using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using FsCheck.Xunit;
using LmNotebooks.Languages;
using LmNotebooks.Tokens;

namespace LmNotebooks.Tests.Languages;

public sealed class RealTextTests : IDisposable
{
    private static readonly BytePairs Pairs = BpeTrainer.Train("ab ab\n\n'll 日本 日本\r\n\r\n  äb", 270);

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

    [Property(MaxTest = 300)]
    public bool The_tokens_of_the_parts_are_the_tokens_of_the_text(int seed, byte size)
    {
        string[] signs = ["a", "ab", "'", "'s", "'ll", "7", ".", "ä", "日本", "😀", "𝔸", "\0", "\u001F", "\u200B", "\uFEFF",
            " ", "  ", "\n", "\r\n", "\t", "\u0085", "\u00A0", "\u2028"];
        var random = new Random(seed);
        string Text() => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ =>
            random.Next(4) > 0 ? signs[random.Next(signs.Length)] : Rune.TryCreate(random.Next(0x110000), out var any) ? any.ToString() : " "));
        var texts = Enumerable.Range(0, 3).Select(_ => Text()).ToArray();
        for (var i = 0; i < texts.Length; i++) File.WriteAllText(folder.File($"{i}.txt"), texts[i]);
        var (whole, parts) = (string.Concat(texts), RealText.Parts(folder.Path, size % 32).ToArray());
        return string.Concat(parts) == whole && parts.SelectMany(p => Pairs.Tokenizer.EncodeToIds(p)).SequenceEqual(Pairs.Tokenizer.EncodeToIds(whole));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData(" ")]
    public void No_part_is_much_longer_than_what_is_read_at_a_time(string blank)
    {
        File.WriteAllText(folder.File("text.txt"), string.Concat(Enumerable.Repeat("wörd" + blank, 1000)));
        Assert.All(RealText.Parts(folder.File("text.txt"), 64), part => Assert.InRange(part.Length, 1, 64 + "wörd".Length + blank.Length));
    }

    [Property(MaxTest = 200)]
    public bool A_wrong_byte_is_found_where_the_whole_file_has_it(ushort place, byte size)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("aä日😀 \n", 10)));
        byte[] wrong = [.. bytes[..(place % bytes.Length)], 0xFF, .. bytes];      // perhaps within a character
        File.WriteAllBytes(folder.File("wrong.txt"), wrong);
        Utf8.ToUtf16(wrong, new char[wrong.Length], out var offset, out _, replaceInvalidSequences: false);
        var error = Assert.Throws<InvalidDataException>(() => RealText.Parts(folder.File("wrong.txt"), size % 32).Count());
        return error.Message.Contains($"at offset {offset} is wrong");
    }

    [Fact]
    public void A_character_that_a_file_ends_within_is_wrong()
    {
        File.WriteAllBytes(folder.File("a.txt"), [.. "ab"u8, 0xE6, 0x97]);
        File.WriteAllBytes(folder.File("b.txt"), [0xA5]);
        Assert.Contains("a.txt is not UTF-8: the byte at offset 2", Assert.Throws<InvalidDataException>(() => RealText.Read(folder.Path)).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void A_data_set_of_a_text_is_that_of_the_text_encoded_at_once(int merges)
    {
        var text = string.Concat(Enumerable.Range(0, 3000).Select(i => $"line {i * i}\r\n"));
        File.WriteAllText(folder.File("text.txt"), text);
        var pairs = BpeTrainer.Train(text, 256 + merges);
        File.Delete(Path.Combine(TokenCache.Folder, $"{TokenCache.Hash(folder.File("text.txt"), pairs)}.tokens"));     // an earlier run's
        var (ids, data) = (pairs.Tokenizer.EncodeToIds(text).ToArray(), Dataset.OfText(folder.File("text.txt"), 16, pairs));
        var split = ids.Length - ids.Length / 10;
        Assert.Equal(Corpus.OfBlocks(ids.AsSpan(0, split), 16).Documents, data.Train.Documents);
        Assert.Equal(Corpus.OfBlocks(ids.AsSpan(split), 16).Documents, data.Test.Documents);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text + (merges == 0 ? "" : pairs.Hash))))[..16], data.Hash);
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
