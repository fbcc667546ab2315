using System.Buffers;
using System.Text.Unicode;

namespace LmNotebooks.Languages;

/// <summary>Text of the reader's own.</summary>
public static class RealText
{
    /// <summary>Reads a UTF-8 file, or all files below a folder in the order of their names, one after another.</summary>
    /// <exception cref="IOException">There is no such file or folder, or no text in it.</exception>
    /// <exception cref="InvalidDataException">A file is not UTF-8; the message says where.</exception>
    public static string Read(string path)
    {
        string[] files = File.Exists(path) ? [path]
            : Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : throw new FileNotFoundException($"There is no file or folder {Path.GetFullPath(path)}.");
        var text = string.Concat(files.Select(Decode));
        return text.Length > 0 ? text : throw new IOException($"There is no text in {path}.");
    }

    private static string Decode(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var text = new char[bytes.Length];
        if (Utf8.ToUtf16(bytes, text, out var read, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
            throw new InvalidDataException($"{path} is not UTF-8: the byte at offset {read} is wrong. Save it as UTF-8.");
        return new string(text, 0, written);
    }
}
