using System.IO.Compression;
using System.Text;

namespace LmNotebooks.Measures;

/// <summary>A program that compresses files, as a language model: the bits that a text costs it are its loss.</summary>
public static class Compression
{
    /// <summary>What Brotli needs for a text, once it has seen another, in bits for each UTF-8 byte of the text: of
    /// both together it is taken off what the other needs alone.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static double BitsPerByte(string text, string seen = "")
    {
        if (text.Length == 0) throw new ArgumentException("An empty text has no bits per byte: give it some words.");
        return 8.0 * (Bytes(seen + text) - Bytes(seen)) / Encoding.UTF8.GetByteCount(text);
    }

    private static long Bytes(string text)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            brotli.Write(Encoding.UTF8.GetBytes(text));
        return packed.Length;
    }
}
