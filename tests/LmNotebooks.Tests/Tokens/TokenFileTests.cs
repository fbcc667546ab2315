using FsCheck.Xunit;
using LmNotebooks.Tokens;

namespace LmNotebooks.Tests.Tokens;

public sealed class TokenFileTests : IDisposable
{
    private static readonly BytePairs Bytes = new([]);

    /// <summary>More tokens than two bytes can number: every pair of bytes, and some of three.</summary>
    private static readonly Lazy<BytePairs> Many =
        new(() => new BytePairs([.. Enumerable.Range(0, 65_536).Select(i => (i >> 8, i & 255))]));

    private readonly Small.Folder folder = new();

    private string Path => folder.File("text.tokens");

    public void Dispose() => folder.Dispose();

    [Property(MaxTest = 50)]
    public bool Every_block_of_a_file_is_that_block_of_the_ids(byte[] ids, byte start, byte length)
    {
        TokenFile.Write(Path, Bytes, ids.Select(i => (int)i));
        using var file = TokenFile.Open(Path);
        var from = Math.Min((int)start, ids.Length);
        var block = new int[Math.Min((int)length, ids.Length - from)];
        file.Read(from, block);
        return file.Count == ids.Length && block.SequenceEqual(ids.Skip(from).Take(block.Length).Select(i => (int)i));
    }

    [Fact]
    public void A_vocabulary_beyond_two_bytes_is_kept_in_four()
    {
        TokenFile.Write(Path, Many.Value, [1, 65_791, 2]);
        using var file = TokenFile.Open(Path);
        var block = new int[2];
        file.Read(1, block);
        Assert.Equal([65_791, 2], block);
        Assert.Equal((65_792, Many.Value.Hash[..16], 64 + 3 * 4),
            (file.Vocabulary, file.TokenizerHash, new FileInfo(Path).Length));
    }

    [Fact]
    public void A_block_that_is_not_within_the_file_is_refused()
    {
        TokenFile.Write(Path, Bytes, [1, 2, 3]);
        using var file = TokenFile.Open(Path);
        foreach (var start in (long[])[-1, 2, long.MaxValue])
            Assert.Contains("not within the 3 of",
                Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(start, new int[2])).Message);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_nothing_beside_it()
    {
        TokenFile.Write(Path, Bytes, [1, 2, 3]);
        Assert.Contains("The id 256 is not in the vocabulary of 256",
            Assert.Throws<ArgumentException>(() => TokenFile.Write(Path, Bytes, [1, 256])).Message);
        using var file = TokenFile.Open(Path);
        Assert.Equal(3, file.Count);
        Assert.Equal([Path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Foreign_old_and_cut_files_are_refused_in_one_sentence()
    {
        TokenFile.Write(Path, Bytes, [1, 2, 3]);
        var whole = File.ReadAllBytes(Path);
        Refused([], "is not a token file");
        Refused(whole[..63], "is not a token file");
        Refused([.. "PK"u8, .. whole[2..]], "is not a token file");
        Refused([.. whole[..8], 9, .. whole[9..]], "of version 9");
        Refused(whole[..^1], "cut or damaged");
        Refused([.. whole, 0], "cut or damaged");
        Refused([.. whole[..23], 0x80, .. whole[24..]], "cut or damaged");
    }

    [Fact]
    public void An_id_beyond_the_vocabulary_is_noticed_when_it_is_read()
    {
        TokenFile.Write(Path, Bytes, [1, 2, 3]);
        var bytes = File.ReadAllBytes(Path);
        bytes[^1] = 1;
        File.WriteAllBytes(Path, bytes);
        using var file = TokenFile.Open(Path);
        Assert.Contains("the id 259 in a vocabulary of 256",
            Assert.Throws<InvalidDataException>(() => file.Read(0, new int[3])).Message);
    }

    private void Refused(byte[] content, string expected)
    {
        File.WriteAllBytes(Path, content);
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => TokenFile.Open(Path)).Message);
    }
}
