using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace LmNotebooks.Languages;

/// <summary>Text of the reader's own: a UTF-8 file, or all files below a folder in the order of their names, one
/// after another. A byte order mark at a file's beginning is no text. In a folder, what is hidden is no text either,
/// nor what editors and downloads leave beside a file. A folder that several links lead to is read once.</summary>
public static partial class RealText
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

    /// <summary>SHA-256, in hexadecimal digits, of the text's bytes with <paramref name="ending"/> after
    /// them.</summary>
    /// <exception cref="IOException">There is no such file or folder.</exception>
    public static string Hash(string path, string ending)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = new byte[1 << 16];
        foreach (var file in Files(path))
        {
            using var stream = Open(file);
            for (int read; (read = stream.Read(bytes)) > 0;) hash.AppendData(bytes, 0, read);
        }
        hash.AppendData(Encoding.UTF8.GetBytes(ending));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<string> Files(string path)
    {
        if (File.Exists(path)) return [path];
        var folder = new DirectoryInfo(Path.TrimEndingDirectorySeparator(path));
        if (folder.Exists) return Below(folder, []);
        throw new FileNotFoundException($"There is no file or folder {folder.FullName}.");
    }

    /// <summary>The files in the ordinal order of their paths, with '/' between the names on every system.</summary>
    /// <param name="seen">Paths, without links, of the folders so far: links may lead back.</param>
    private static IEnumerable<string> Below(DirectoryInfo folder, HashSet<string> seen)
    {
        folder = folder.ResolveLinkTarget(returnFinalTarget: true) as DirectoryInfo ?? folder;
        if (!seen.Add(folder.FullName)) return [];
        return folder.EnumerateFileSystemInfos()
            .Where(entry => !entry.Attributes.HasFlag(FileAttributes.Hidden) && !NoText().IsMatch(entry.Name))
            .OrderBy(entry => entry is DirectoryInfo ? entry.Name + '/' : entry.Name, StringComparer.Ordinal)
            .SelectMany(entry => entry is DirectoryInfo inner ? Below(inner, seen) : [entry.FullName]);
    }

    /// <summary>Hidden by its name, an editor's copy, a part of a download, or what a system leaves in a
    /// folder.</summary>
    [GeneratedRegex(@"^[.~]|~$|^#.*#$|\.(?:swp|swo|tmp|bak|part)$|^(?:__MACOSX|Thumbs\.db|desktop\.ini)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoText();

    private static FileStream Open(string path)
    {
        var stream = File.OpenRead(path);
        var mark = Encoding.UTF8.Preamble;
        Span<byte> first = stackalloc byte[mark.Length];
        stream.ReadAtLeast(first, mark.Length, throwOnEndOfStream: false);
        if (!first.SequenceEqual(mark)) stream.Position = 0;
        return stream;
    }

    private static IEnumerable<string> Decode(string path, int size)
    {
        using var stream = Open(path);
        var bytes = new byte[Math.Max(LongestCharacter, Math.Min(size, stream.Length))];
        var characters = new char[bytes.Length];
        var (kept, offset) = (0, stream.Position);      // of a character that is not complete yet; of the first byte
        int read;
        do
        {
            read = stream.Read(bytes, kept, bytes.Length - kept);
            kept += read;
            var status = Utf8.ToUtf16(bytes.AsSpan(0, kept), characters, out var done, out var written,
                replaceInvalidSequences: false, isFinalBlock: read == 0);
            offset += done;
            if (status == OperationStatus.InvalidData)
                throw new InvalidDataException($"{path} is not UTF-8: the byte at offset {offset} is wrong. Save it as "
                    + "UTF-8.");
            if (written > 0) yield return new string(characters, 0, written);
            kept -= done;
            bytes.AsSpan(done, kept).CopyTo(bytes);
        }
        while (read > 0);
    }
}
