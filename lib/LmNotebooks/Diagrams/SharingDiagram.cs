using LmNotebooks.Models;

namespace LmNotebooks.Diagrams;

/// <summary>Layers under each other, and of each, whether its weights are its own or another layer's.</summary>
internal static class SharingDiagram
{
    private const double Row = 32, Gap = 14, Label = 62, Size = 15;

    public static Drawing Of(ModelConfig config)
    {
        var c = config.Checked();
        if (c.Architecture != Architecture.Transformer)
            throw new ArgumentException($"Layers share weights in a Transformer, and this model is of kind "
                + $"{c.Architecture}: draw it by Diagram.Of(model).");
        IReadOnlyList<int> own = [.. Enumerable.Range(0, c.Layers)];
        return Draw(("attention", c.AttentionOf ?? own), ("feed-forward", c.FeedForwardOf ?? own));
    }

    public static Drawing Of((string What, IReadOnlyList<int> Pattern) only)
    {
        // What a pattern may say is known where models are described.
        new ModelConfig { Vocabulary = 2, Context = 1, Layers = only.Pattern.Count, AttentionOf = only.Pattern }
            .Checked();
        return Draw(only);
    }

    private static Drawing Draw(params IReadOnlyList<(string What, IReadOnlyList<int> Pattern)> columns)
    {
        var layers = columns[0].Pattern.Count;
        var sets = columns.Select(c => c.Pattern.Distinct().ToList()).ToList();
        var title = columns.Count > 1
            ? string.Join(", ", columns.Zip(sets, (c, of) => $"{Count(of.Count, "set")} of {c.What} weights"))
            : $"{Count(sets[0].Count, "set")} of weights: {string.Join(' ', columns[0].Pattern)}";
        return new Drawing(title, Caption(columns), top =>
        {
            List<SideLine>[] lines = [.. columns.Select((c, k) => Lines(c.What, c.Pattern, sets[k], Middle))];
            var both = columns.Count > 1;
            var left = Drawing.Margin + (both ? SideLine.Room(lines[0]) : Label);
            var right = Drawing.Width - Drawing.Margin - SideLine.Room(lines[^1]);
            var width = both ? (right - left - Label) / 2 : right - left;
            var shapes = new List<Shape>();
            double At(int column) => column == 0 ? left : right - width;
            if (both)
                shapes.AddRange(columns.Select((c, k) => new Note(At(k) + width / 2, top + 8, c.What)
                    { Side = 0, Size = 14, Tone = Tone.Quiet }));
            for (var layer = 0; layer < layers; layer++)
            {
                shapes.Add(new Note(both ? (left + right) / 2 : Drawing.Margin, Middle(layer), $"layer {layer}")
                    { Side = both ? 0 : -1, Size = Size });
                for (var k = 0; k < columns.Count; k++)
                    shapes.AddRange(Cell(columns[k].Pattern[layer], layer, sets[k], At(k), Middle(layer), width,
                        columns[k].What));
            }
            if (both) shapes.AddRange(SideLine.Draw(left, -1, lines[0]));
            shapes.AddRange(SideLine.Draw(right, 1, lines[^1]));
            return (shapes, Middle(layers - 1) + Row / 2);

            double Middle(int layer) => top + (columns.Count > 1 ? 22 : 0) + layer * (Row + Gap) + Row / 2;
        });
    }

    private static IEnumerable<Shape> Cell(int owner, int layer, List<int> sets, double x, double middle, double width,
        string what)
    {
        var (own, series) = (owner == layer, sets.IndexOf(owner));
        yield return new Box(x, middle - Row / 2, width, Row)
        {
            Fill = own ? Tone.Tint(series) : Tone.Paper, Edge = Tone.Line(series), Dashed = !own, Thick = 1.75,
            Title = own ? $"{what} {layer} has weights of its own" : $"{what} {layer} uses the weights of {owner}",
        };
        yield return new Note(x + width / 2, middle, own ? $"weights {owner}" : $"uses {owner}")
            { Side = 0, Size = Size };
    }

    private static List<SideLine> Lines(string what, IReadOnlyList<int> pattern, List<int> sets,
        Func<int, double> middle) =>
        [.. from use in pattern.Index() where use.Item != use.Index group use.Index by use.Item into users
            select new SideLine(middle(users.Key), [.. users.Select(middle)],
                $"{what} {string.Join(", ", users)} from {users.Key}")
                { Tone = Tone.Line(sets.IndexOf(users.Key)), Dashed = true }];

    private static string Caption(IReadOnlyList<(string What, IReadOnlyList<int> Pattern)> columns) =>
        string.Join(" ", columns.Select(c =>
        {
            var (layers, sets) = (c.Pattern.Count, c.Pattern.Distinct().Count());
            return $"{Count(layers, "layer")} {(layers == 1 ? "has" : "have")} {Count(sets, "set")} of "
                + $"{(c.What == "layer" ? "" : c.What + " ")}weights: {string.Join(' ', c.Pattern)}.";
        }));

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
