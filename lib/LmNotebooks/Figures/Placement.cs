using System.Drawing;

namespace LmNotebooks.Figures;

/// <summary>Puts texts beside the points that they name: as many as find a place where they cover neither a point, a
/// line, a whisker nor another text.</summary>
internal sealed class Placement
{
    // pixels, about: the renderers differ a little
    private const int LetterWidth = 8, LineHeight = 15, Radius = 3, Gap = 6;
    private static readonly (int Side, int Rise)[] Corners = [(-1, 1), (1, 1), (-1, -1), (1, -1)];
    private readonly Frame frame;
    private readonly RectangleF plot;
    private readonly List<PlaneMark> marks;
    private readonly List<RectangleF> taken;

    public Placement(Frame frame)
    {
        this.frame = frame;
        // a little less than there is
        plot = new(0, 0, (float)(600 * (frame.Across.End - frame.Across.Start)), 280);
        marks = [.. frame.Figure.Marks.OfType<PlaneMark>()];
        taken = [.. marks.SelectMany(mark => Trace(mark).Concat(Whiskers(mark))).Select(p =>
            new RectangleF(p.X - Radius, p.Y - Radius, 2 * Radius, 2 * Radius))];
    }

    /// <summary>The first of the places that is free; where none is, the first.</summary>
    public Label First(params IReadOnlyList<Label> places)
    {
        var chosen = places.FirstOrDefault(p => !taken.Any(Box(p).IntersectsWith)) ?? places[0];
        taken.Add(Box(chosen));
        return chosen;
    }

    /// <summary>In the order of the points, each at the first corner that is free.</summary>
    /// <param name="others">Texts that have their places.</param>
    public IEnumerable<Label> Beside(IReadOnlyList<Label> others)
    {
        taken.AddRange(others.Select(Box));
        foreach (var mark in marks)
            for (var i = 0; i < mark.Texts?.Count; i++)
            {
                if (mark.Written?[i] == false) continue;
                var places = Corners.Select(c => new Label(mark.Texts[i], mark.X[i], mark.Y[i], c.Side, c.Rise,
                    -Gap * c.Side));
                if (places.FirstOrDefault(p => plot.Contains(Box(p))
                    && !taken.Any(Box(p).IntersectsWith)) is not { } free) continue;
                taken.Add(Box(free));
                yield return free;
            }
    }

    /// <summary>The points of a mark, and those of its line, closer to each other than a text is high.</summary>
    private IEnumerable<PointF> Trace(PlaneMark mark)
    {
        List<PointF> points = [.. mark.X.Zip(mark.Y, At)];
        if (mark is not Line) return points;
        return points.Concat(points.Zip(points.Skip(1)).SelectMany(ends => Between(ends.First, ends.Second)));
    }

    private IEnumerable<PointF> Whiskers(PlaneMark mark) => mark.Spans.Zip(mark.X).Where(s => s.First.IsClosed)
        .SelectMany(s => Between(At(s.Second, s.First.Low), At(s.Second, s.First.High)))
        .Concat((mark.Across ?? []).Zip(mark.Y).Where(s => s.First.IsClosed)
            .SelectMany(s => Between(At(s.First.Low, s.Second), At(s.First.High, s.Second))));

    private static IEnumerable<PointF> Between(PointF from, PointF to)
    {
        var way = new SizeF(to.X - from.X, to.Y - from.Y);
        var steps = (int)(way.ToVector2().Length() / LetterWidth);
        return Enumerable.Range(1, steps).Select(step => from + way * ((float)step / (steps + 1)));
    }

    private RectangleF Box(Label label)
    {
        var (at, width) = (At(label.X, label.Y), LetterWidth * label.Text.Length);
        return new(at.X + label.Shift - width * (label.Side + 1) / 2f,
            at.Y - Gap / 2f * label.Rise - LineHeight * (label.Rise + 1) / 2f, width, LineHeight);
    }

    /// <summary>Pixels from the upper left corner.</summary>
    private PointF At(double x, double y) => new(
        (float)(plot.Width * Share(frame.Figure.X, frame.X, x)),
            (float)(plot.Height * (1 - Share(frame.Figure.Y, frame.Y, y))));

    private static double Share(Axis axis, (double Min, double Max) ends, double value) =>
        (axis.Scaled(value) - axis.Scaled(ends.Min)) / (axis.Scaled(ends.Max) - axis.Scaled(ends.Min));
}
