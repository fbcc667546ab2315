using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using LmNotebooks.Files;

namespace LmNotebooks.Tokens;

/// <summary>Token ids in a file that is mapped into memory: a text of any length is read in parts, and never encoded
/// twice. A header of 64 bytes, then the ids, two bytes each where the vocabulary allows it and four else, the lower
/// byte first.</summary>
internal sealed class TokenFile : IDisposable
{
    // raise it also when a tokenizer of the same hash gives other ids: kept files are then written again
    private const int Version = 1;
    private const int HashLength = 16;
    private static readonly byte[] Magic = "LMTOKENS"u8.ToArray();
    private static readonly int HeaderLength = Marshal.SizeOf<Header>();

    private readonly string path;
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;

    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Header
    {
        [FieldOffset(0)] public long Magic;
        [FieldOffset(8)] public int Version;
        [FieldOffset(12)] public int Vocabulary;
        [FieldOffset(16)] public long Count;
        [FieldOffset(24)] public HashBytes Hash;
    }

    [InlineArray(HashLength)]
    private struct HashBytes { private byte first; }

    private TokenFile(string path, MemoryMappedFile file, Header header)
    {
        (this.path, this.file, view) = (path, file, file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read));
        (Count, Vocabulary, TokenizerHash) = (header.Count, header.Vocabulary,
            Encoding.ASCII.GetString((ReadOnlySpan<byte>)header.Hash));
    }

    /// <summary>Number of ids.</summary>
    public long Count { get; }

    /// <summary>Number of token ids: every id in the file is below it.</summary>
    public int Vocabulary { get; }

    /// <summary>The first 16 hexadecimal digits of <see cref="BytePairs.Hash"/>.</summary>
    public string TokenizerHash { get; }

    /// <summary>Writes ids one after another; the file appears under its name only when it is complete.</summary>
    /// <exception cref="ArgumentException">An id is not in the vocabulary.</exception>
    public static void Write(string path, BytePairs tokenizer, IEnumerable<int> ids)
    {
        WholeFile.Write(path, stream =>
        {
            using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
            var header = new Header
            {
                Magic = BitConverter.ToInt64(Magic), Version = Version, Vocabulary = tokenizer.Vocabulary,
            };
            Encoding.ASCII.GetBytes(tokenizer.Hash.AsSpan(0, HashLength), header.Hash);
            writer.Write(new byte[HeaderLength]);
            var wide = Width(tokenizer.Vocabulary) == sizeof(int);
            foreach (var id in ids)
            {
                if ((uint)id >= tokenizer.Vocabulary)
                    throw new ArgumentException(
                        $"The id {id} is not in the vocabulary of {tokenizer.Vocabulary} tokens.");
                if (wide) writer.Write(id);
                else writer.Write((ushort)id);
                header.Count++;
            }
            writer.Seek(0, SeekOrigin.Begin);
            writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<Header>(in header)));
        });
    }

    /// <exception cref="InvalidDataException">The file is foreign, of another version or cut short.</exception>
    public static TokenFile Open(string path)
    {
        var header = new Header();
        using (var stream = File.OpenRead(path))
        {
            var read = stream.ReadAtLeast(MemoryMarshal.AsBytes(new Span<Header>(ref header)), HeaderLength,
                throwOnEndOfStream: false);
            if (read < HeaderLength || header.Magic != BitConverter.ToInt64(Magic) || header.Vocabulary <= 0)
                throw new InvalidDataException($"{path} is not a token file: write it with TokenFile.Write.");
            if (header.Version != Version)
                throw new InvalidDataException($"{path} is a token file of version {header.Version}, and the kit reads "
                    + $"version {Version}: write it again.");
            if (header.Count < 0 || (stream.Length - HeaderLength) / (double)Width(header.Vocabulary) != header.Count)
                throw new InvalidDataException($"{path} has {stream.Length} bytes, and its {header.Count} tokens need "
                    + "another size: "
                    + "it was cut or damaged, write it again.");
        }
        return new TokenFile(path, MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0,
            MemoryMappedFileAccess.Read), header);
    }

    /// <summary>Fills a block with the ids from <paramref name="start"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The block is not within the file.</exception>
    /// <exception cref="InvalidDataException">An id is not in the vocabulary.</exception>
    public void Read(long start, Span<int> block)
    {
        if (start < 0 || start > Count - block.Length)
            throw new ArgumentOutOfRangeException(nameof(start),
                $"Tokens {start} to {start + block.Length - 1} are not within the {Count} of {path}.");
        var bytes = view.SafeMemoryMappedViewHandle;
        if (Width(Vocabulary) == sizeof(int))
        {
            bytes.ReadSpan((ulong)(HeaderLength + start * sizeof(int)), block);
        }
        else
        {
            var narrow = new ushort[block.Length];
            bytes.ReadSpan((ulong)(HeaderLength + start * sizeof(ushort)), narrow.AsSpan());
            for (var i = 0; i < narrow.Length; i++) block[i] = narrow[i];
        }
        foreach (var id in block)
            if ((uint)id >= Vocabulary)
                throw new InvalidDataException($"{path} is damaged: it has the id {id} in a vocabulary of "
                    + $"{Vocabulary}. Delete it and write it again.");
    }

    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
    }

    private static int Width(int vocabulary) => vocabulary <= ushort.MaxValue + 1 ? sizeof(ushort) : sizeof(int);
}
