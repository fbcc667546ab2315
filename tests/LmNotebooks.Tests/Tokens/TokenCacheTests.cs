using LmNotebooks.Languages;
using LmNotebooks.Tokens;

namespace LmNotebooks.Tests.Tokens;

public sealed class TokenCacheTests : IDisposable
{
    private static readonly BytePairs Bytes = new([]), Merged = new([('a', 'b'), (256, ' ')]);

    private readonly Small.Folder folder = new();

    public TokenCacheTests() => File.WriteAllText(TextPath, "abab cd ab äb\r\n ab");

    public void Dispose() => folder.Dispose();

    private string TextPath => folder.File("text.txt");
    private string[] Kept => Directory.GetFiles(folder.File("cache"));

    [Fact]
    public void A_text_is_encoded_once_for_each_tokenizer()
    {
        Assert.Equal(Bytes.Tokenizer.EncodeToIds(File.ReadAllText(TextPath)), Ids(Bytes));
        Assert.Equal(Merged.Tokenizer.EncodeToIds(File.ReadAllText(TextPath)), Ids(Merged));
        Assert.Equal(2, Kept.Length);
        var writings = Kept.Select(File.GetLastWriteTimeUtc).ToArray();
        Ids(Bytes);
        Ids(Merged);
        Assert.Equal(writings, Kept.Select(File.GetLastWriteTimeUtc));
        File.AppendAllText(TextPath, "!");
        Assert.Equal('!', Ids(Bytes)[^1]);
        Assert.Equal(3, Kept.Length);
    }

    [Fact]
    public void A_damaged_file_is_written_again()
    {
        var ids = Ids(Merged);
        foreach (var damaged in (byte[][])[[], "foreign"u8.ToArray(), File.ReadAllBytes(Kept[0])[..^1]])
        {
            File.WriteAllBytes(Kept[0], damaged);
            Assert.Equal(ids, Ids(Merged));
        }
    }

    [Fact]
    public void A_text_that_cannot_be_read_leaves_no_file()
    {
        File.WriteAllBytes(TextPath, [.. "gr"u8, 0xFC]);
        Assert.Contains("at offset 2", Assert.Throws<InvalidDataException>(() => Ids(Bytes)).Message);
        Assert.Empty(Kept);
    }

    [Fact]
    public void A_text_that_changed_since_its_hash_was_taken_leaves_no_file()
    {
        var hash = TokenCache.Hash(TextPath, Bytes);
        File.AppendAllText(TextPath, "!");
        var error = Assert.Throws<InvalidDataException>(() =>
            TokenCache.Open(folder.File("cache"), TextPath, Bytes, hash));
        Assert.Contains("changed while it was read", error.Message);
        Assert.Empty(Kept);
    }

    [Fact]
    public void Many_may_encode_the_same_text_at_once()
    {
        File.WriteAllText(TextPath, string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i} ab\n")));
        using var together = new Barrier(4);
        var all = new int[4][];
        var threads = Enumerable.Range(0, 4).Select(i => new Thread(() =>
        {
            together.SignalAndWait();
            all[i] = Ids(Merged);
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        Assert.All(all, ids => Assert.Equal(Merged.Tokenizer.EncodeToIds(RealText.Read(TextPath)), ids));
        Assert.Single(Kept);
    }

    private int[] Ids(BytePairs tokenizer)
    {
        using var tokens = TokenCache.Open(folder.File("cache"), TextPath, tokenizer,
            TokenCache.Hash(TextPath, tokenizer));
        var ids = new int[tokens.Count];
        tokens.Read(0, ids);
        return ids;
    }
}
