using System.Globalization;
using LmNotebooks.Figures;
using LmNotebooks.Models;

namespace LmNotebooks.Diagrams;

/// <summary>A model from its input to its output: parts under each other, seams as arrows, shared weights as dashed
/// lines.</summary>
internal static class ModelDiagram
{
    private const double Row = 34, NoteRow = 20, Gap = 24, Inner = 8, Apart = 7, Size = 15, Small = 14;

    /// <summary>A part that uses weights of another one.</summary>
    private sealed record Loan(Part Owner, Part User, string What);

    /// <summary>A part with its place: its upper edge, and its height with all that is in it.</summary>
    private sealed record Placed(Part Part, double Y, double Height, int Level)
    {
        public double Middle => Y + Row / 2;
    }

    public static Drawing Of(Model model)
    {
        IReadOnlyList<Part> parts = [.. model.Parts, .. model.Heads];
        var (loans, seams) = (Loans(model), Seams(model));
        var title = $"{Kind(model.Config)}: {Count(Own(model))} parameters";
        return new Drawing(title, Caption(model, parts, loans), top =>
        {
            var (placed, texts, bottom) = Place(parts, seams, loans, top, model);
            Placed At(Part part) => placed.First(p => p.Part == part);
            List<SideLine> flow = [.. seams.Where(s => !Follows(parts, s.To, s.From)).GroupBy(s => s.From)
                .Select(s => new SideLine(At(s.Key).Y + At(s.Key).Height - 8, [.. s.Select(t => At(t.To).Y + 8)],
                    $"{s.Key.Name} to {string.Join(", ", s.Select(t => t.To.Name))}"))];
            List<SideLine> shared = [.. loans.GroupBy(l => l.Owner).Select((l, i) =>
            {
                var users = string.Join(", ", l.Select(u => u.User.Name).Distinct());
                return new SideLine(At(l.Key).Middle - Apart, [.. l.Select(Arrival).Distinct()],
                    $"{users} use weights of {l.Key.Name}") { Tone = Tone.Line(1 + i), Dashed = true };
            })];
            var (left, right) = (Drawing.Margin + SideLine.Room(flow),
                Drawing.Width - Drawing.Margin - SideLine.Room(shared));
            var centre = (left + right) / 2;

            // Lines of two owners to one part do not end in one point.
            double Arrival(Loan loan) => At(loan.User).Middle
                + Apart * loans.Where(l => l.User == loan.User).ToList().FindIndex(l => l.Owner == loan.Owner);
            return (
            [
                .. placed.SelectMany(p => Draw(p, loans, left, right)),
                .. texts.Select(t => new Note(centre, t.Y, t.Text) { Side = 0, Size = Small, Tone = Tone.Quiet }),
                .. Arrows(parts, seams, At, centre, texts),
                .. SideLine.Draw(left, -1, flow), .. SideLine.Draw(right, 1, shared),
            ], bottom);
        });
    }

    private static (List<Placed>, List<(double Y, string Text, bool Out)>,
        double Bottom) Place(IReadOnlyList<Part> parts,
        IReadOnlyList<(Part From, Part To)> seams, IReadOnlyList<Loan> loans, double y, Model model)
    {
        var (placed, texts) = (new List<Placed>(), new List<(double, string, bool)>());
        foreach (var part in parts)
        {
            if (seams.All(s => s.To != part))
                Say(part == model.Embedding ? "tokens" : "tokens of the source", leaves: false);
            Put(part, 0);
            if (seams.All(s => s.From != part))
                Say(part == model.Head ? "logits of the next token" : "logits of the answers", leaves: true);
            y += Gap;
        }
        return (placed, texts, y - Gap);

        void Say(string text, bool leaves)
        {
            if (leaves) y += Gap;
            texts.Add((y + Small / 2, text, leaves));
            y += Small + (leaves ? 0 : Gap);
        }

        void Put(Part part, int level)
        {
            var (at, start) = (placed.Count, y);
            y += Row + NoteRow * loans.Count(l => l.User == part);
            foreach (var inner in part.Parts) Put(inner, level + 1);
            if (part.Parts.Count > 0) y += Inner;
            placed.Insert(at, new Placed(part, start, y - start, level));
            if (level > 0) y += 4;
        }
    }

    private static IEnumerable<Shape> Draw(Placed placed, IReadOnlyList<Loan> loans, double left, double right)
    {
        var (part, inset, own) = (placed.Part, placed.Level * Inner, Own(placed.Part));
        yield return new Box(left + inset, placed.Y, right - left - 2 * inset, placed.Height)
        {
            Fill = own == 0 ? Tone.Paper : Tone.Tint(0), Dashed = own == 0,
            Edge = placed.Level == 0 ? Tone.Ink : Tone.Line(0), Title = part.Name,
        };
        yield return new Note(left + inset + 10, placed.Middle, part.Name) { Size = Size };
        yield return new Note(right - inset - 10, placed.Middle, Count(own)) { Side = 1, Size = Size };
        foreach (var (i, loan) in loans.Where(l => l.User == part).Index())
            yield return new Note(left + inset + 10, placed.Y + Row - 4 + (i + 0.5) * NoteRow,
                $"uses {loan.What} of {loan.Owner.Name}") { Size = Small, Tone = Tone.Quiet }
                .Within(right - left - 2 * inset - 20);
    }

    /// <summary>From each part, or text, to the next, where data goes there.</summary>
    private static IEnumerable<Shape> Arrows(IReadOnlyList<Part> parts, IReadOnlyList<(Part From, Part To)> seams,
        Func<Part, Placed> at, double x, IEnumerable<(double Y, string Text, bool Out)> texts)
    {
        foreach (var (from, to) in seams.Where(s => Follows(parts, s.To, s.From)))
            yield return new Stroke((x, at(from).Y + at(from).Height), (x, at(to).Y))
                { Title = $"{from.Name} to {to.Name}" };
        foreach (var (y, _, leaves) in texts)   // below the part that says it, or above the one that reads it
            yield return leaves ? new Stroke((x, y - Small / 2 - Gap), (x, y - Small / 2 - 2))
                : new Stroke((x, y + Small / 2 + 3), (x, y + Small / 2 + Gap));
    }

    private static bool Follows(IReadOnlyList<Part> parts, Part later, Part earlier) =>
        parts.SkipWhile(p => p != earlier).Skip(1).FirstOrDefault() == later;

    /// <summary>Where what one part makes is what another reads.</summary>
    private static IReadOnlyList<(Part From, Part To)> Seams(Model model)
    {
        var source = model.Parts.TakeWhile(p => p != model.Embedding).ToList();
        return
        [
            .. source.Zip(source.Skip(1)), .. source.TakeLast(1).Select(p => (p, (Part)model.Body)),
            (model.Embedding, model.Body), (model.Body, model.Head),
            .. model.Heads.Select(head => (model.Readers[^1], (Part)head)),
        ];
    }

    /// <summary>Who uses whose weights.</summary>
    private static IReadOnlyList<Loan> Loans(Model model)
    {
        var (c, encoder) = (model.Config, model.Parts.TakeWhile(p => p != model.Embedding).LastOrDefault());
        return
        [
            .. encoder is { Parts.Count: > 0 } ? OfLayers(encoder, encoder) : [],
            .. c.ShareEncoder ? OfLayers(model.Body, encoder!) : OfLayers(model.Body, model.Body),
            .. c.TieHead ? [new Loan(model.Embedding, model.Head, "the matrix")] : Array.Empty<Loan>(),
        ];

        IEnumerable<Loan> OfLayers(Part body, Part lender)
        {
            for (var i = 0; i < body.Parts.Count - 2; i++)   // positions before them, a norm after them
            {
                var (attention, thought) = (lender.Parts[1 + (c.AttentionOf?[i] ?? i)],
                    lender.Parts[1 + (c.FeedForwardOf?[i] ?? i)]);
                var user = body.Parts[1 + i];
                if (attention != user) yield return new Loan(attention, user, "attention");
                if (thought != user) yield return new Loan(thought, user, "feed-forward");
            }
        }
    }

    private static long Own(Part part) => part.Module.parameters().Sum(p => p.numel());

    private static long Own(Model model) => model.parameters().Sum(p => p.numel());

    private static string Kind(ModelConfig c) => c.SourceVocabulary is null ? Kind(c.Architecture)
        : $"Translator ({Kind(c.SourceArchitecture)} to {Kind(c.Architecture)})";

    private static string Kind(Architecture architecture) =>
        architecture == Architecture.Transformer ? "Transformer" : $"{architecture}".ToUpperInvariant();

    /// <summary>As it is up to a million, and shorter beyond.</summary>
    private static string Count(long parameters) => parameters < 1_000_000
        ? parameters.ToString("N0", CultureInfo.InvariantCulture) : Numbers.Tick(parameters);

    private static string Caption(Model model, IReadOnlyList<Part> parts, IReadOnlyList<Loan> loans) =>
        $"{Kind(model.Config)} of {Count(Own(model))} parameters, in the order of the data: "
        + string.Join(", ", parts.Select(p => $"{p.Name} ({Count(Own(p))})")) + "."
        + string.Concat(loans.Select(l => $" {l.User.Name} uses {l.What} of {l.Owner.Name}."));
}
