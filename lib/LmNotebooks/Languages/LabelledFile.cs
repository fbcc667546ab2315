using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using LmNotebooks.Files;

namespace LmNotebooks.Languages;

/// <summary>Labelled texts as a CSV file, which any spreadsheet writes. UTF-8, with commas between the fields. The
/// first line names the columns: <c>text</c> and <c>label</c>, in any order and case, among others that are not read. A
/// field with commas, quotes or line ends stands in quotes, and a quote within it is doubled (RFC 4180).</summary>
public static class LabelledFile
{
    private const string Text = "text", Label = "label";

    private static CsvConfiguration Format => new(CultureInfo.InvariantCulture)
    {
        IgnoreBlankLines = false,   // they count where a line is named
    };

    /// <summary>The texts in the order of their lines, without the blanks around texts and labels. No two are equal,
    /// and there are two labels or more.</summary>
    /// <exception cref="IOException">There is no such file, or nothing in it.</exception>
    /// <exception cref="InvalidDataException">It is not in this format; one sentence that says where, and what to
    /// do.</exception>
    public static IReadOnlyList<LabelledText> Read(string path)
    {
        if (Directory.Exists(path)) throw new FileNotFoundException($"{path} is a folder: name a CSV file in it.");
        var records = Records(path, RealText.Read(path)).ToList();
        var names = records is [var first, ..] ? first.Fields : [];
        var (text, label) = (Column(path, names, Text), Column(path, names, Label));
        var (texts, lines) = (new List<LabelledText>(), new Dictionary<string, int>());
        foreach (var (line, fields) in records.Skip(1))
        {
            if (fields.Length != names.Length)
                throw new InvalidDataException($"Line {line} of {path} has {fields.Length} fields, and the first line "
                    + $"{names.Length}: put a text that has commas in quotes.");
            foreach (var (name, column) in new[] { (Text, text), (Label, label) })
                if (fields[column] == "") throw new InvalidDataException(
                    $"Line {line} of {path} has no {name}: write one, or delete the line.");
            if (!lines.TryAdd(fields[text], line))
                throw new InvalidDataException($"Lines {lines[fields[text]]} and {line} of {path} have the same text: "
                    + "delete one of them.");
            texts.Add(new(fields[text], fields[label]));
        }
        if (texts.Count == 0) throw new InvalidDataException($"{path} has no texts below its first line: add some.");
        return texts.Any(t => t.Label != texts[0].Label) ? texts : throw new InvalidDataException(
            $"All texts of {path} have the label '{texts[0].Label}': add texts with another one.");
    }

    /// <summary>Writes the file whole, with the two columns.</summary>
    public static void Write(string path, IEnumerable<LabelledText> texts)
    {
        using var written = new StringWriter();
        using (var csv = new CsvWriter(written, Format))
            foreach (var (text, label) in texts.Prepend(new(Text, Label)))
            {
                csv.WriteField(text);
                csv.WriteField(label);
                csv.NextRecord();
            }
        WholeFile.Write(path, written.ToString());
    }

    /// <summary>What is not blank, with the number of the line on which it begins.</summary>
    private static IEnumerable<(int Line, string[] Fields)> Records(string path, string content)
    {
        using var parser = new CsvParser(new StringReader(content), Format);
        for (var line = 1; Fields(line) is { } fields; line = parser.RawRow + 1)
            if (fields is not [""]) yield return (line, fields);

        string[]? Fields(int line)
        {
            try { return parser.Read() ? [.. parser.Record!.Select(field => field.Trim())] : null; }
            catch (BadDataException)
            {
                throw new InvalidDataException($"The quotes do not match in what begins on line {line} of {path}: put "
                    + "the whole field in quotes, and double each quote within it.");
            }
        }
    }

    private static int Column(string path, string[] names, string name)
    {
        bool Is(string other) => other.Equals(name, StringComparison.OrdinalIgnoreCase);
        return names.Count(Is) == 1 ? Array.FindIndex(names, Is) : throw new InvalidDataException(
            $"The first line of {path} is '{string.Join(',', names)}': it must name the columns text and label, each "
            + "once, with commas between them.");
    }
}
