using LmNotebooks.Figures;
using LmNotebooks.Models;
using LmNotebooks.Training;

namespace LmNotebooks.Diagrams;

/// <summary>Stages over tokens: a row for each part, a column as wide as its tokens for each stage, and beneath, where
/// some stages do not need each other, when each could begin.</summary>
internal static class StageDiagram
{
    private const double Row = 30, Bar = 20, Thin = 8, Size = 14, Most = 170, Gap = 14;

    /// <param name="parts">All parts of the model, in order; parts that stages name besides them come after
    /// them.</param>
    public static Drawing Of(IReadOnlyList<Part> parts, IReadOnlyList<Stage> stages)
    {
        if (stages.Count == 0) throw new ArgumentException("There are no stages to draw: name at least one.");
        if (stages.FirstOrDefault(s => s.Tokens < 1) is { } empty)
            throw new ArgumentException($"Stage '{empty.Name}' has a budget of {empty.Tokens} tokens: it must be at "
                + "least 1.");
        IReadOnlyList<Part> temporary = [.. stages.SelectMany(s => s.Temporary).Distinct()];
        var rows = Rows(parts, temporary, stages);
        var (starts, path) = (Starts(stages), Path(stages));
        var (total, longest) = (stages.Sum(s => s.Tokens), path.Sum(i => stages[i].Tokens));
        var title = $"{(stages.Count == 1 ? "One stage" : $"{stages.Count} stages")}, {Count(total)} tokens";
        return new Drawing(title, Caption(rows, temporary, stages, path), top =>
        {
            var left = Drawing.Margin + Math.Min(Most, rows.Max(r => Note.WidthOf(r.Name, Size))) + 8;
            var unit = (Drawing.Width - Drawing.Margin - left) / total;
            var shapes = new List<Shape>();
            var (y, before) = (top, 0L);
            foreach (var (i, stage) in stages.Index())
            {
                var (x, width) = (left + before * unit, stage.Tokens * unit);
                shapes.AddRange(Number(i, x + width / 2, y + 8, width));
                if (path.Contains(i)) shapes.Add(Critical(stage, x, y + 20, width));
                foreach (var (row, part) in rows.Index())
                    shapes.AddRange(Cell(part, stage, temporary, x, y + 26 + row * Row, width));
                before += stage.Tokens;
            }
            y += 26;
            shapes.AddRange(rows.Select((part, row) =>
                new Note(left - 8, y + (row + 0.5) * Row, part.Name) { Side = 1, Size = Size }
                    .Within(left - 8 - Drawing.Margin)));
            y += rows.Count * Row + 10;
            shapes.AddRange([new Note(left, y, "0") { Size = Size, Tone = Tone.Quiet },
                new Note(Drawing.Width - Drawing.Margin, y, $"{Count(total)} tokens")
                    { Side = 1, Size = Size, Tone = Tone.Quiet }]);
            y += Gap + 4;
            if (longest < total) y = Beside(stages, starts, path, left, y, unit, shapes);
            return ([.. shapes, .. Legend(rows, temporary, stages, longest, y, out var bottom)], bottom);
        });
    }

    /// <summary>The parts that are there, as finely as the stages tell them apart.</summary>
    private static IReadOnlyList<Part> Rows(IReadOnlyList<Part> parts, IReadOnlyList<Part> temporary,
        IReadOnlyList<Stage> stages)
    {
        List<Part> known = [.. parts.Concat(temporary).SelectMany(p => p.All)], named = [.. stages
            .SelectMany(s => s.Train.Concat(s.Reset)).Distinct().Where(p => !known.Contains(p))];

        // A part that stands inside of another one that is named is a part of it.
        var inside = named.SelectMany(p => p.All.Skip(1)).ToHashSet();
        return [.. PartRows.Of([.. parts, .. named.Where(p => !inside.Contains(p)), .. temporary],
            [.. stages.Select(s => s.Train), .. stages.Select(s => s.Reset)])];
    }

    private static IEnumerable<Shape> Cell(Part part, Stage stage, IReadOnlyList<Part> temporary, double x, double y,
        double width)
    {
        var (own, there) = (!Any(temporary, part), Any(stage.Temporary, part));
        if (!own && !there) yield break;
        var trains = stage.Train.Has(part);
        var height = trains ? Bar : Thin;
        yield return new Box(x + 1, y + (Row - height) / 2, Math.Max(1, width - 2), height)
        {
            Fill = trains ? Tone.Tint(own ? 0 : 1) : Tone.Frozen,
            Edge = !trains ? Tone.FrozenEdge : Tone.Line(own ? 0 : 1), Thick = trains ? 1.5 : 1, Dashed = !own,
            Title = $"{part.Name} {(trains ? "trains" : "stays as it is")} in {stage.Name}",
        };
        if (stage.Reset.Count > 0 && stage.Reset.Has(part) && width > Note.WidthOf("anew", Size) + 8)
            yield return new Note(x + 6, y + Row / 2, "anew") { Size = Size };
    }

    private static bool Any(IEnumerable<Part> whole, Part part) => whole.Any(w => w.All.Contains(part));

    private static IEnumerable<Shape> Number(int stage, double x, double y, double width)
    {
        var text = $"{stage + 1}";
        if (width >= Note.WidthOf(text, Size)) yield return new Note(x, y, text) { Side = 0, Size = Size };
    }

    private static Stroke Critical(Stage stage, double x, double y, double width) =>
        new((x + 1, y), (x + Math.Max(2, width - 1), y))
            { Thick = 3.5, Arrow = false, Title = $"{stage.Name} is on the critical path" };

    /// <summary>When each stage could begin, if it had to wait for none but those that it needs.</summary>
    private static double Beside(IReadOnlyList<Stage> stages, IReadOnlyList<long> starts,
        IReadOnlyList<int> path, double left, double y, double unit, List<Shape> shapes)
    {
        y += 12;
        shapes.Add(new Note(Drawing.Margin, y, "If each began as soon as what it needs has ended:") { Size = Size });
        y += 14;
        foreach (var (i, stage) in stages.Index())
        {
            var (x, width) = (left + starts[i] * unit, stage.Tokens * unit);
            shapes.Add(new Note(left - 8, y + 10, $"{i + 1}") { Side = 1, Size = Size });
            shapes.Add(new Box(x + 1, y + 3, Math.Max(1, width - 2), 14)
                { Fill = Tone.Paper, Title = $"{stage.Name} could begin after {starts[i]} tokens" });
            if (path.Contains(i)) shapes.Add(Critical(stage, x, y + 20, width));
            y += 26;
        }
        return y + 4;
    }

    private static IEnumerable<Shape> Legend(IReadOnlyList<Part> rows, IReadOnlyList<Part> temporary,
        IReadOnlyList<Stage> stages, long longest, double y, out double bottom)
    {
        var shapes = new List<Shape>();
        y += 8;
        Sample(new Box(0, 0, 28, 14) { Fill = Tone.Tint(0), Edge = Tone.Line(0), Thick = 1.5 }, "trains");
        if (rows.Any(p => stages.Any(s => !s.Train.Has(p) && !Any(temporary, p))))
            Sample(new Box(0, 0, 28, Thin) { Fill = Tone.Frozen, Edge = Tone.FrozenEdge }, "stays as it is");
        if (temporary.Count > 0)
            Sample(new Box(0, 0, 28, 14) { Fill = Tone.Tint(1), Edge = Tone.Line(1), Thick = 1.5, Dashed = true },
                "trains, and is thrown away afterwards");
        Sample(new Box(0, 0, 28, 3.5) { Fill = Tone.Ink, Edge = null, Round = 0 },
            $"critical path: {Count(longest)} tokens in sequence");
        (var notes, bottom) = Note.Paragraphs(Drawing.Margin, y + Gap, Drawing.Width - 2 * Drawing.Margin,
            stages.SelectMany((stage, i) => (Note[])
            [
                new(0, 0, $"{i + 1}. {stage.Name}: {Count(stage.Tokens)} tokens") { Size = Size },
                new(0, 0, $"{string.Join(" and ", stage.Aims)}") { Size = Size, Tone = Tone.Quiet },
            ]));
        return [.. shapes, .. notes];

        void Sample(Box box, string text)
        {
            shapes.Add(box with { X = Drawing.Margin, Y = y + 8 - box.Height / 2 });
            shapes.Add(new Note(Drawing.Margin + 38, y + 8, text) { Size = Size });
            y += 22;
        }
    }

    /// <summary>The tokens after which each stage could begin.</summary>
    private static IReadOnlyList<long> Starts(IReadOnlyList<Stage> stages)
    {
        var starts = new List<long>();
        foreach (var (i, _) in stages.Index())
            starts.Add(Needed(stages, i).Select(j => starts[j] + stages[j].Tokens).DefaultIfEmpty().Max());
        return starts;
    }

    /// <summary>The longest chain of stages that need each other, in order.</summary>
    private static IReadOnlyList<int> Path(IReadOnlyList<Stage> stages)
    {
        var starts = Starts(stages);
        long End(int i) => starts[i] + stages[i].Tokens;
        var path = new List<int> { Enumerable.Range(0, stages.Count).MaxBy(End) };
        while (starts[path[0]] > 0) path.Insert(0, Needed(stages, path[0]).MaxBy(End));
        return path;
    }

    private static IEnumerable<int> Needed(IReadOnlyList<Stage> stages, int stage) => Enumerable.Range(0, stage)
        .Where(i => stages[stage].Needs?.Contains(stages[i].Name) ?? true);

    private static string Count(long tokens) => Numbers.Tick(tokens);

    private static string Caption(IReadOnlyList<Part> rows, IReadOnlyList<Part> temporary, IReadOnlyList<Stage> stages,
        IReadOnlyList<int> path) =>
        string.Join(" ", stages.Select(s =>
        {
            var there = rows.Where(p => !Any(temporary, p) || Any(s.Temporary, p)).ToList();
            var (trained, others) = (there.Where(s.Train.Has).ToList(), there.Where(p => !s.Train.Has(p)).ToList());
            return $"Stage {s.Name}, {Count(s.Tokens)} tokens: {Names(trained)} {(trained.Count == 1 ? "trains"
                : "train")}" + (others.Count == 0 ? "." : $", and {Names(others)} "
                + $"{(others.Count == 1 ? "stays as it is" : "stay as they are")}.");
        }))
        + (temporary.Count == 0 ? "" : $" Thrown away afterwards: {Names(temporary)}.")
        + (path.Count == stages.Count ? "" : $" The critical path is {string.Join(", then ", path.Select(i =>
            stages[i].Name))}.");

    private static string Names(IReadOnlyList<Part> parts) => string.Join(", ", parts.Select(p => p.Name));
}
