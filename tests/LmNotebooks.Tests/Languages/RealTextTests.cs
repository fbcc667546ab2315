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

    private void Write(string file, string text)
    {
        var path = folder.File(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    [Fact]
    public void The_order_of_files_is_that_of_their_paths_on_every_system()
    {
        foreach (var name in (string[])["ä", "a0", "a/b", "a.txt", "Z", "a/B", "a b"]) Write(name, $"{name} ");
        Assert.Equal("Z a b a.txt a/B a/b a0 ä ", RealText.Read(folder.Path));
        Assert.Equal("Z a b a.txt a/B a/b a0 ä ", RealText.Read(folder.Path + Path.DirectorySeparatorChar));
    }

    [Theory]
    [InlineData(".git/config")]
    [InlineData(".DS_Store")]
    [InlineData("sub/.ipynb_checkpoints/a-checkpoint.txt")]
    [InlineData("a.txt~")]
    [InlineData(".a.txt.swp")]
    [InlineData("a.swo")]
    [InlineData("#a.txt#")]
    [InlineData(".#a.txt")]
    [InlineData("~$a.docx")]
    [InlineData("a.txt.BAK")]
    [InlineData("a.zip.part")]
    [InlineData("__MACOSX/sub/a.txt")]
    [InlineData("Thumbs.db")]
    public void What_is_no_text_of_the_readers_is_passed_over_in_a_folder(string name)
    {
        Write(name, "not this ");
        Assert.Contains("There is no text in", Assert.Throws<IOException>(() => RealText.Read(folder.Path)).Message);
        Write("sub/b.txt", "this ");
        Assert.Equal("this ", RealText.Read(folder.Path));
        Assert.Equal("not this ", RealText.Read(folder.File(name)));        // named by itself it is meant
    }

    [Fact]
    public void Names_that_only_look_alike_are_read()
    {
        foreach (var name in (string[])["a.part.txt", "a#", "b~c", "bak"]) Write(name, $"{name} ");
        Assert.Equal("a# a.part.txt bak b~c ", RealText.Read(folder.Path));
    }

    [Fact]
    public void Links_are_followed_and_a_folder_that_they_lead_to_again_is_read_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows asks for a right to make links.");
        using var elsewhere = new Small.Folder();
        File.WriteAllText(elsewhere.File("e.txt"), "elsewhere ");
        Write("text/sub/a.txt", "a ");
        Directory.CreateSymbolicLink(folder.File("text/back"), "..");
        Directory.CreateSymbolicLink(folder.File("text/sub/back"), folder.File("text"));
        Directory.CreateSymbolicLink(folder.File("text/x"), elsewhere.Path);
        Directory.CreateSymbolicLink(folder.File("text/y"), elsewhere.Path);
        Directory.CreateSymbolicLink(elsewhere.File("to"), folder.File("text/sub"));
        File.CreateSymbolicLink(folder.File("text/z.txt"), "sub/a.txt");
        Directory.CreateSymbolicLink(folder.File("link"), "text");
        Assert.Equal("a elsewhere a ", RealText.Read(folder.File("text/sub/back")));
        Assert.Equal("a elsewhere a ", RealText.Read(folder.File("link")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1 << 20)]
    public void A_byte_order_mark_is_no_text_at_the_beginning_of_any_file(int size)
    {
        // Elsewhere the same character is a blank of no width.
        string[] texts = ["Dies ist\r\n", "", "ein\uFEFF\uFEFFText \uFEFF", "\uFEFFfeff ", "𝔸"];
        foreach (var (i, text) in texts.Index())
        {
            Write($"marked/{i}", "\uFEFF" + text);
            if (i != 3) Write($"plain/{i}", text);      // which would begin with a mark
        }
        Write("plain/2", texts[2] + texts[3]);
        Assert.Equal(string.Concat(texts), string.Concat(RealText.Parts(folder.File("marked"), size)));
        Assert.Equal("𝔸", string.Concat(RealText.Parts(folder.File("marked/4"), size)));
        Assert.Equal(RealText.Hash(folder.File("plain"), ""), RealText.Hash(folder.File("marked"), ""));
    }

    [Fact]
    public void A_data_set_of_a_text_with_a_byte_order_mark_is_that_of_the_text()
    {
        var text = string.Concat(Enumerable.Range(0, 300).Select(i => $"line {i * i}\n"));
        Write("plain.txt", text);
        Write("marked.txt", "\uFEFF" + text);
        Dataset Of(string name) => Dataset.OfText(folder.File(name), 16);
        var (plain, marked) = (Of("plain.txt"), Of("marked.txt"));
        Assert.Equal(plain.Hash, marked.Hash);
        Assert.Equal(plain.Train.Documents, marked.Train.Documents);
    }

    [Fact]
    public void A_missing_or_empty_text_is_one_sentence()
    {
        Write("empty.txt", "");
        Write("marked.txt", "\uFEFF");
        Assert.Contains("There is no file or folder",
            Assert.Throws<FileNotFoundException>(() => RealText.Read(folder.File("none"))).Message);
        string Empty(string path) => Assert.Throws<IOException>(() => RealText.Read(path)).Message;
        string[] empty = [folder.File("empty.txt"), folder.File("marked.txt"), folder.Path];
        Assert.All(empty, path => Assert.Equal($"There is no text in {path}.", Empty(path)));
    }

    [Fact]
    public void A_file_that_is_not_UTF8_is_refused_with_the_place()
    {
        File.WriteAllBytes(folder.File("latin1.txt"), [.. "gr"u8, 0xFC, .. "n"u8]);
        Assert.EndsWith("latin1.txt is not UTF-8: the byte at offset 2 is wrong. Save it as UTF-8.",
            Assert.Throws<InvalidDataException>(() => RealText.Read(folder.File("latin1.txt"))).Message);
    }

    [Theory]
    [InlineData("a.png", 0, new byte[] { 0x89, 0x50, 0x4E, 0x47 })]
    [InlineData("utf16.txt", 0, new byte[] { 0xFF, 0xFE, 0x61, 0 })]
    [InlineData("utf16.txt", 0, new byte[] { 0xFE, 0xFF, 0, 0x61 })]
    [InlineData("utf32.txt", 2, new byte[] { 0, 0, 0xFE, 0xFF, 0, 0, 0, 0x61 })]
    [InlineData("marked.txt", 4, new byte[] { 0xEF, 0xBB, 0xBF, 0x61, 0xE9, 0x61 })]
    [InlineData("cut.txt", 0, new byte[] { 0xEF, 0xBB })]
    public void A_file_that_is_no_text_is_refused_by_its_name_and_with_the_place(string name, int offset, byte[] bytes)
    {
        Write("a.txt", "text ");
        File.WriteAllBytes(folder.File(name), bytes);
        Assert.Contains($"{name} is not UTF-8: the byte at offset {offset} is wrong.",
            Assert.Throws<InvalidDataException>(() => RealText.Read(folder.Path)).Message);
    }

    [Fact]
    public void Control_characters_line_ends_and_blanks_of_every_kind_are_kept()
    {
        const string text = "\0a\0 b\u0007\u001B[1m\fc\vd\u0085e\u2028f\u3000g\r\n\rh\u00A0\u200B\n";
        Write("text.txt", text);
        Assert.Equal(text, RealText.Read(folder.File("text.txt")));
    }

    [Property(MaxTest = 300)]
    public bool The_tokens_of_the_parts_are_the_tokens_of_the_text(int seed, byte size)
    {
        string[] signs = ["a", "ab", "'", "'s", "'ll", "7", ".", "ä", "日本", "😀", "𝔸", "\0", "\u001F", "\u200B",
            "\uFEFF",
            " ", "  ", "\n", "\r\n", "\t", "\u0085", "\u00A0", "\u2028"];
        var random = new Random(seed);
        string Text() => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ =>
            random.Next(4) > 0 ? signs[random.Next(signs.Length)] : Rune.TryCreate(random.Next(0x110000), out var any)
                ? any.ToString() : " "));
        var texts = Enumerable.Range(0, 3).Select(_ => Text()).ToArray();
        for (var i = 0; i < texts.Length; i++) File.WriteAllText(folder.File($"{i}.txt"), texts[i]);
        var unmarked = texts.Select(t => t.StartsWith('\uFEFF') ? t[1..] : t);
        var (whole, parts) = (string.Concat(unmarked), RealText.Parts(folder.Path, size % 32).ToArray());
        return string.Concat(parts) == whole && parts.SelectMany(p => Pairs.Tokenizer.EncodeToIds(p))
            .SequenceEqual(Pairs.Tokenizer.EncodeToIds(whole));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData(" ")]
    public void No_part_is_much_longer_than_what_is_read_at_a_time(string blank)
    {
        File.WriteAllText(folder.File("text.txt"), string.Concat(Enumerable.Repeat("wörd" + blank, 1000)));
        Assert.All(RealText.Parts(folder.File("text.txt"), 64), part =>
            Assert.InRange(part.Length, 1, 64 + "wörd".Length + blank.Length));
    }

    [Property(MaxTest = 200)]
    public bool A_wrong_byte_is_found_where_the_whole_file_has_it(ushort place, byte size)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("aä日😀 \n", 10)));
        byte[] wrong = [.. bytes[..(place % bytes.Length)], 0xFF, .. bytes];      // perhaps within a character
        File.WriteAllBytes(folder.File("wrong.txt"), wrong);
        Utf8.ToUtf16(wrong, new char[wrong.Length], out var offset, out _, replaceInvalidSequences: false);
        var error = Assert.Throws<InvalidDataException>(() => RealText.Parts(folder.File("wrong.txt"), size % 32)
            .Count());
        return error.Message.Contains($"at offset {offset} is wrong");
    }

    [Fact]
    public void A_character_that_a_file_ends_within_is_wrong()
    {
        File.WriteAllBytes(folder.File("a.txt"), [.. "ab"u8, 0xE6, 0x97]);
        File.WriteAllBytes(folder.File("b.txt"), [0xA5]);
        Assert.Contains("a.txt is not UTF-8: the byte at offset 2",
            Assert.Throws<InvalidDataException>(() => RealText.Read(folder.Path)).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void A_data_set_of_a_text_is_that_of_the_text_encoded_at_once(int merges)
    {
        var text = string.Concat(Enumerable.Range(0, 3000).Select(i => $"line {i * i}\r\n"));
        File.WriteAllText(folder.File("text.txt"), text);
        var pairs = BpeTrainer.Train(text, 256 + merges);
        var kept = Path.Combine(TokenCache.Folder, $"{TokenCache.Hash(folder.File("text.txt"), pairs)}.tokens");
        if (File.Exists(kept)) File.Delete(kept);       // an earlier run's
        var (ids, data) = (pairs.Tokenizer.EncodeToIds(text).ToArray(),
            Dataset.OfText(folder.File("text.txt"), 16, pairs));
        var split = ids.Length - ids.Length / 10;
        Assert.Equal(Corpus.OfBlocks(ids.AsSpan(0, split), 16).Documents, data.Train.Documents);
        Assert.Equal(Corpus.OfBlocks(ids.AsSpan(split), 16).Documents, data.Test.Documents);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text
            + (merges == 0 ? "" : pairs.Hash))))[..16], data.Hash);
    }

    [Fact]
    public void A_data_set_of_a_text_keeps_the_end_for_testing()
    {
        File.WriteAllText(folder.File("text.txt"),
            string.Concat(Enumerable.Range(0, 1000).Select(i => (char)('a' + i % 26))));
        var data = Dataset.OfText(folder.File("text.txt"), 16);
        Assert.Equal((256, "text.txt"), (data.Vocabulary, data.Name));
        Assert.Equal(896, data.Train.Tokens);
        Assert.Equal(96, data.Test.Tokens);
        Assert.Contains("at least 1027", Assert.Throws<ArgumentException>(() =>
            Dataset.OfText(folder.File("text.txt"), 512)).Message);
    }

    [Fact]
    public void A_data_set_in_tokens_tells_its_losses_in_bits_per_byte()
    {
        File.WriteAllText(folder.File("text.txt"), string.Concat(Enumerable.Repeat("abc abd\n", 400)));
        var pairs = BpeTrainer.Train(RealText.Read(folder.File("text.txt")), 259);      // three merges
        var (bytes, tokens) = (Dataset.OfText(folder.File("text.txt"), 16),
            Dataset.OfText(folder.File("text.txt"), 16, pairs));
        Assert.Equal(259, tokens.Vocabulary);
        Assert.NotEqual(bytes.Hash, tokens.Hash);
        Assert.Equal(tokens.Test.Documents.Sum(d => Encoding.UTF8.GetByteCount(pairs.Tokenizer.Decode(d))),
            tokens.TestBytes);
        Assert.Equal(8, bytes.BitsPerByte(Math.Log(256)), 12); // a byte that nothing is known about
        Assert.Equal(Math.Log2(259) * tokens.Test.Tokens / tokens.TestBytes, tokens.BitsPerByte(Math.Log(259)), 12);
        Assert.True(tokens.TestBytes > 1.5 * tokens.Test.Tokens);
    }

    [Fact]
    public void A_language_has_no_bytes() =>
        Assert.Contains("is no text", Assert.Throws<InvalidOperationException>(() => Small.Data.BitsPerByte(1))
            .Message);
}
