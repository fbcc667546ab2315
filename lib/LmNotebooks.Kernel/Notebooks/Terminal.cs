using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>What a terminal shows of a text in the end, as HTML: characters that were overwritten are gone, colours are
/// spans, and no control character is left but line breaks and tabs.</summary>
public sealed partial class Terminal
{
    private const int MostColumns = 1000;   // for jumps only: a line of text may be longer

    private readonly record struct Look(string? Colour, bool Bold);

    private readonly record struct Character(Rune Rune, Look Look);

    private static readonly string[] Colours = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

    private readonly List<List<Character>> lines = [[]];
    private int row, column;
    private Look look;

    private Terminal() { }

    public static string ToHtml(string text)
    {
        var terminal = new Terminal();
        terminal.Write(text);
        return terminal.Html();
    }

    private void Write(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '\u001b' && Sequence().Match(text, at) is { Success: true } sequence)
            {
                at += sequence.Length;
                if (sequence.Groups["command"] is { Success: true } command)
                    Obey(command.Value[0], sequence.Groups["numbers"].Value);
                continue;
            }
            if (Rune.DecodeFromUtf16(text.AsSpan(at), out var rune,
                out var length) != System.Buffers.OperationStatus.Done) rune = Rune.ReplacementChar;
            at += length;
            Put(rune);
        }
    }

    private void Put(Rune rune)
    {
        switch (rune.Value)
        {
            case '\n': MoveTo(row + 1, 0); break;
            case '\r': column = 0; break;
            case '\b': column = Math.Max(0, column - 1); break;
            case '\t': Set(rune); break;
            default: if (!Rune.IsControl(rune)) Set(rune); break;
        }
    }

    private void Set(Rune rune)
    {
        var line = lines[row];
        while (line.Count <= column) line.Add(new(new Rune(' '), default));
        line[column++] = new(rune, look);
    }

    /// <summary>Writing moves on to lines that are not there yet; commands move only among those that are.</summary>
    private void MoveTo(int line, int place)
    {
        if (line == lines.Count) lines.Add([]);
        (row, column) = (Math.Clamp(line, 0, lines.Count - 1), Math.Clamp(place, 0, Math.Max(MostColumns, column)));
    }

    private void Obey(char command, string numbers)
    {
        var parts = numbers.Split(';').Select(n => int.TryParse(n, CultureInfo.InvariantCulture, out var value)
            ? Math.Min(value, ushort.MaxValue) : 0).ToArray();
        var step = Math.Max(1, parts[0]);
        switch (command)
        {
            case 'A': MoveTo(row - step, column); break;
            case 'B': MoveTo(Math.Min(row + step, lines.Count - 1), column); break;
            case 'C': MoveTo(row, column + step); break;
            case 'D': MoveTo(row, column - step); break;
            case 'E': MoveTo(Math.Min(row + step, lines.Count - 1), 0); break;
            case 'F': MoveTo(row - step, 0); break;
            case 'G': MoveTo(row, step - 1); break;
            case 'H' or 'f': MoveTo(Math.Min(step, lines.Count) - 1, parts.ElementAtOrDefault(1) - 1); break;
            case 'J' when parts[0] == 0: lines.RemoveRange(row + 1, lines.Count - row - 1); goto case 'K';
            case 'J' when parts[0] > 1: Clear(); break;
            case 'K': Erase(parts[0]); break;
            case 'm': SetLook(parts); break;
        }
    }

    /// <param name="part">0: from the cursor on. 1: up to the cursor. 2 and 3: all.</param>
    private void Erase(int part)
    {
        var line = lines[row];
        if (part == 0) line.RemoveRange(Math.Min(column, line.Count), Math.Max(0, line.Count - column));
        else if (part == 1) for (var i = 0; i <= column && i < line.Count; i++) line[i] = new(new Rune(' '), default);
        else line.Clear();
    }

    private void Clear()
    {
        lines.Clear();
        lines.Add([]);
        (row, column) = (0, 0);
    }

    private void SetLook(int[] parts)
    {
        for (var i = 0; i < parts.Length; i++)
            switch (parts[i])
            {
                case 0: look = default; break;
                case 1: look = look with { Bold = true }; break;
                case 22: look = look with { Bold = false }; break;
                case >= 30 and <= 37 and var n: look = look with { Colour = Colours[n - 30] }; break;
                case >= 90 and <= 97 and var n: look = look with { Colour = Colours[n - 90] }; break;
                case 39: look = look with { Colour = null }; break;
                case 38 or 48:   // one of 256, or red, green and blue
                    var colour = parts.ElementAtOrDefault(i + 1) == 5 ? OfPalette(parts.ElementAtOrDefault(i + 2))
                        : Nearest([.. parts.Skip(i + 2).Take(3)]);
                    if (parts[i] == 38) look = look with { Colour = colour };
                    i += parts.ElementAtOrDefault(i + 1) == 5 ? 2 : 4;
                    break;
            }
    }

    private static string? OfPalette(int n) => n switch
    {
        < 16 => Colours[n % 8],
        < 232 => Nearest([(n - 16) / 36, (n - 16) / 6 % 6, (n - 16) % 6]),
        _ => null,   // greys
    };

    /// <summary>The page has eight colours, which read on light and on dark ground.</summary>
    private static string? Nearest(int[] rgb) =>
        rgb.Length < 3 || rgb.Min() == rgb.Max() ? null
        : Colours[rgb.Select((part, i) => 2 * part > rgb.Min() + rgb.Max() ? 1 << i : 0).Sum()];

    private string Html() => string.Join('\n', lines.Select(line =>
    {
        var html = new StringBuilder();
        for (int from = 0, to; from < line.Count; from = to)
        {
            for (to = from + 1; to < line.Count && line[to].Look == line[from].Look; to++) { }
            var text = WebUtility.HtmlEncode(string.Concat(line[from..to].Select(c => c.Rune.ToString())));
            var classes = string.Join(' ', new[] { line[from].Look.Colour, line[from].Look.Bold ? "bold"
                : null }.OfType<string>());
            html.Append(classes == "" ? text : $"<span class=\"{classes}\">{text}</span>");
        }
        return html.ToString();
    }));

    /// <summary>A command to the cursor or the pen; a text for the terminal itself, such as the address of a link; a
    /// character set. What is not complete loses its escape character alone.</summary>
    [GeneratedRegex(@"\G\x1B(?:\[(?<numbers>[0-?]*)[ -/]*(?<command>[@-~])"
        + @"|[\]PX^_].{0,4000}?(?:\x07|\x1B\\)|[ -/]*[0-OQ-WYZ\\`-~])", RegexOptions.Singleline)]
    private static partial Regex Sequence();
}
