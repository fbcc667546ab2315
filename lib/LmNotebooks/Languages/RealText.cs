using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace LmNotebooks.Languages;

/// <summary>Text of the reader's own: a UTF-8 file, or all files below a folder in the order of their names, one after another.</summary>
public static class RealText
{
    private const int LongestCharacter = 4;     // bytes

    /// <summary>The whole text at once.</summary>
    /// <inheritdoc cref="Parts"/>
    public static string Read(string path) => string.Concat(Parts(path));

    /// <summary>The text in parts, for a text of any length. A part ends where a blank follows what is none. Byte-level
    /// BPE always cuts a text there, so that the tokens of the parts are the tokens of the text.</summary>
    /// <param name="size">Bytes that are read at a time. A part is longer only where the text has no blanks.</param>
    /// <exception cref="IOException">There is no such file or folder, or no text in it.</exception>
    /// <exception cref="InvalidDataException">A file is not UTF-8; the message says where.</exception>
    public static IEnumerable<string> Parts(string path, int size = 1 << 20)
    {
        var part = new StringBuilder();
        var isEmpty = true;
        foreach (var text in Files(path).SelectMany(file => Decode(file, size)))
        {
            isEmpty = false;
            var end = text.Length - 1;
            while (end > 0 && !(char.IsWhiteSpace(text[end]) && !char.IsWhiteSpace(text[end - 1]))) end--;
            if (end > 0)
            {
                yield return part.Append(text, 0, end).ToString();
                part.Clear();
            }
            part.Append(text, end, text.Length - end);
        }
        if (isEmpty) throw new IOException($"There is no text in {path}.");
        yield return part.ToString();
    }

    /// <summary>SHA-256, in hexadecimal digits, of the text's bytes with <paramref name="ending"/> after them.</summary>
    /// <exception cref="IOException">There is no such file or folder.</exception>
    public static string Hash(string path, string ending)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = new byte[1 << 16];
        foreach (var file in Files(path))
        {
            using var stream = File.OpenRead(file);
            for (int read; (read = stream.Read(bytes)) > 0;) hash.AppendData(bytes, 0, read);
        }
        hash.AppendData(Encoding.UTF8.GetBytes(ending));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string[] Files(string path) => File.Exists(path) ? [path]
        : Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
        : throw new FileNotFoundException($"There is no file or folder {Path.GetFullPath(path)}.");

    private static IEnumerable<string> Decode(string path, int size)
    {
        using var stream = File.OpenRead(path);
        var bytes = new byte[Math.Max(LongestCharacter, Math.Min(size, stream.Length))];
        var characters = new char[bytes.Length];
        var (kept, offset) = (0, 0L);       // of a character that is not complete yet; of the first byte, in the file
        int read;
        do
        {
            read = stream.Read(bytes, kept, bytes.Length - kept);
            kept += read;
            var status = Utf8.ToUtf16(bytes.AsSpan(0, kept), characters, out var done, out var written,
                replaceInvalidSequences: false, isFinalBlock: read == 0);
            offset += done;
            if (status == OperationStatus.InvalidData)
                throw new InvalidDataException($"{path} is not UTF-8: the byte at offset {offset} is wrong. Save it as UTF-8.");
            if (written > 0) yield return new string(characters, 0, written);
            kept -= done;
            bytes.AsSpan(done, kept).CopyTo(bytes);
        }
        while (read > 0);
    }
}
