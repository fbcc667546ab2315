using LmNotebooks.Models;
using static TorchSharp.torch;

namespace LmNotebooks.Diagrams;

/// <summary>Two models at the sides, and between them the one that is put together of their parts.</summary>
internal static class ExchangeDiagram
{
    private const double Column = 120, Between = 28, Size = 14, Line = 18, Inset = 12, Gap = 14;

    public static Drawing Of((string Name, Model Model) keeps, (string Name, Model Model) gives,
        IReadOnlyList<string> names)
    {
        IReadOnlyList<Part> replaced = [.. names.Select(name => Find(keeps, name))],
            given = [.. names.Select(name => Find(gives, name))];
        if (names.Count == 0) throw new ArgumentException(Exchange.Nothing);
        foreach (var (mine, other) in replaced.Zip(given))
            if (!Exchange.Fit(mine, other))
                throw new ArgumentException($"The part '{mine.Name}' has another shape in '{gives.Name}' than in "
                    + $"'{keeps.Name}': {Exchange.OfOneSize}");

        var rows = PartRows.Of(All(keeps.Model), [replaced]).ToList();
        var title = $"{keeps.Name} with {string.Join(" and ", names)} of {gives.Name}";
        return new Drawing(title, Caption(rows, replaced, keeps.Name, gives.Name), top =>
        {
            var (left, middle, right) = (Drawing.Margin, Drawing.Margin + Column + Between,
                Drawing.Width - Drawing.Margin - Column);
            var shapes = new List<Shape>();
            var heading = Heading(keeps.Name, left).Concat(Heading("together", middle)).Concat(Heading(gives.Name,
                right)).ToList();
            shapes.AddRange(heading);
            var y = heading.Max(h => h.Y) + Line;
            foreach (var (i, part) in rows.Index())
            {
                var (lines, taken) = (Note.Lines(part.Name, Column - Inset, Size), replaced.Has(part));
                var height = lines.Count * Line + Inset;
                var other = All(gives.Model).SelectMany(p => p.All).FirstOrDefault(p => p.Name == part.Name);
                shapes.AddRange(Draw(lines, left, y, height, taken ? null : 0, $"{part.Name} of {keeps.Name}"));
                shapes.AddRange(Draw(lines, middle, y, height, taken ? 1 : 0,
                    $"{part.Name}, of {(taken ? gives.Name : keeps.Name)}"));
                if (other is not null)
                    shapes.AddRange(Draw(lines, right, y, height, taken ? 1 : null, $"{part.Name} of {gives.Name}"));
                shapes.Add(taken
                    ? new Stroke((right, y + height / 2), (middle + Column, y + height / 2)) { Tone = Tone.Line(1) }
                    : new Stroke((left + Column, y + height / 2), (middle, y + height / 2)) { Tone = Tone.Line(0) });
                if (i + 1 < rows.Count)
                    shapes.Add(new Stroke((middle + Column / 2, y + height), (middle + Column / 2, y + height + Gap)));
                y += height + Gap;
            }
            return (shapes, y - Gap);

            IEnumerable<Note> Heading(string text, double x) =>
                Note.Paragraphs(x, top, Column, new Note(0, 0, text) { Size = Size, Tone = Tone.Quiet }).Notes;
        });
    }

    /// <param name="series">Of its model; null where it is not used.</param>
    private static IEnumerable<Shape> Draw(IReadOnlyList<string> lines, double x, double y, double height, int? series,
        string title) =>
    [
        new Box(x, y, Column, height)
        {
            Fill = series is { } s ? Tone.Tint(s) : Tone.Paper, Edge = series is { } t ? Tone.Line(t) : Tone.FrozenEdge,
            Dashed = series is null, Title = title,
        },
        .. lines.Select((line, i) => new Note(x + Column / 2, y + Inset / 2 + (i + 0.5) * Line, line)
            { Side = 0, Size = Size, Tone = series is null ? Tone.Quiet : Tone.Ink }
            .Within(Column - Inset)),
    ];

    private static Part Find((string Name, Model Model) of, string name) =>
        Exchange.Find(All(of.Model), name, $"'{of.Name}' has no part '{name}'");

    private static IEnumerable<Part> All(Model model) => model.Parts.Concat(model.Heads);

    private static string Caption(IReadOnlyList<Part> rows, IReadOnlyList<Part> replaced, string keeps, string gives)
    {
        string Names(bool taken) => string.Join(", ", rows.Where(p => replaced.Has(p) == taken).Select(p => p.Name));
        return $"A model of {Names(taken: true)} of {gives}"
            + (rows.All(replaced.Has) ? "." : $", and of {Names(taken: false)} of {keeps}.");
    }
}
