namespace LmNotebooks.Diagrams;

/// <summary>A line that leads beside a column of boxes from one height to others.</summary>
/// <param name="Title">What it says, in words.</param>
internal sealed record SideLine(double From, IReadOnlyList<double> To, string Title)
{
    private const double Step = 13;

    public Tone Tone { get; init; } = Tone.Ink;
    public bool Dashed { get; init; }

    private double Top => To.Append(From).Min();
    private double Bottom => To.Append(From).Max();

    /// <summary>The room that lines need, in units.</summary>
    public static double Room(IReadOnlyList<SideLine> lines) =>
        lines.Count == 0 ? 0 : (Lanes(lines).Max() + 1) * Step + Step / 2;

    /// <summary>Draws lines, of which no two cover each other.</summary>
    /// <param name="x">The edge of the column.</param>
    /// <param name="way">-1: to the left of it, 1: to the right.</param>
    public static IEnumerable<Shape> Draw(double x, int way, IReadOnlyList<SideLine> lines)
    {
        foreach (var (line, lane) in lines.Zip(Lanes(lines)))
        {
            var far = x + way * (lane + 1) * Step;
            foreach (var to in line.To)
                yield return new Stroke((x, line.From), (far, line.From), (far, to), (x, to))
                    { Tone = line.Tone, Dashed = line.Dashed, Title = line.Title };
        }
    }

    /// <summary>The lane of each line: short ones are near, and in each lane no two lines meet.</summary>
    private static IReadOnlyList<int> Lanes(IReadOnlyList<SideLine> lines)
    {
        var lanes = new List<List<SideLine>>();
        var of = new int[lines.Count];
        foreach (var (i, line) in lines.Index().OrderBy(l => l.Item.Bottom - l.Item.Top))
        {
            of[i] = lanes.FindIndex(taken => taken.All(t => t.Bottom < line.Top || t.Top > line.Bottom));
            if (of[i] < 0) (of[i], lanes) = (lanes.Count, [.. lanes, []]);
            lanes[of[i]].Add(line);
        }
        return of;
    }
}
