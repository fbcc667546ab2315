using System.Text;
using System.Text.RegularExpressions;

namespace LmNotebooks.Tokens;

/// <summary>How byte-level BPE (Radford et al. 2019, GPT-2) writes bytes as characters and cuts a text into
/// pieces.</summary>
internal static partial class ByteLevel
{
    /// <summary>The character of each byte: itself where it is printable, else the next free one from U+0100.</summary>
    public static IReadOnlyList<char> Characters { get; } =
        [.. Enumerable.Range(0, 256).Select(b => IsPrintable(b) ? (char)b
            : (char)(0x100 + Enumerable.Range(0, b).Count(lower => !IsPrintable(lower))))];

    /// <summary>The bytes of a piece of text as characters. Half a surrogate pair is no text and becomes
    /// U+FFFD.</summary>
    public static string Write(ReadOnlySpan<char> piece)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(piece.Length)];
        return string.Create(Encoding.UTF8.GetBytes(piece, bytes), bytes, (characters, from) =>
        {
            for (var i = 0; i < characters.Length; i++) characters[i] = Characters[from[i]];
        });
    }

    /// <summary>Pieces that no token crosses; together they are the whole text: English clitics, words, numbers and
    /// signs with the blank before them, and white space. GPT-2's pattern, except that letters beyond U+FFFF count as
    /// signs.</summary>
    [GeneratedRegex(@"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")]
    public static partial Regex Pieces();

    private static bool IsPrintable(int b) =>
        b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
}
