using LmNotebooks.Models;

namespace LmNotebooks.Practice;

public static partial class Exercises
{
    /// <summary>Bits per byte: a function of the loss per token, the tokens and the bytes.</summary>
    public static Exercise<Func<double, long, long, double>> BitsPerByte => new(ExerciseKind.Number, Difficulty.Easy,
        Judge.Like<Func<double, long, long, double>>((loss, tokens, bytes) => loss * tokens / Math.Log(2) / bytes,
            f => [f(5, 1000, 4000), f(1.5, 700, 700), f(4, 10, 25)]))
    {
        Question = "A model has a loss of `loss` nats per token on a text of `tokens` tokens, which is `bytes` bytes "
            + "long. Write its bits per byte as a function of the three, in this order.",
        Hints = ["How many nats does the whole text cost?", "A bit is ln 2 nats. And who has to share the bits?"],
        Misconceptions =
        [
            new("nats", (loss, tokens, bytes) => loss * tokens / bytes, "These are nats per byte."),
            new("the wrong factor", (loss, tokens, bytes) => loss * tokens * Math.Log(2) / bytes, "A bit is the "
                + "smaller unit, so there must be more of them."),
            new("per token", (loss, tokens, bytes) => loss / Math.Log(2), "These are bits per token."),
            new("upside down", (loss, tokens, bytes) => loss / Math.Log(2) * bytes / tokens, "Tokens and bytes have "
                + "changed places: a token is longer than a byte, so a byte costs less."),
            new("per byte only", (loss, tokens, bytes) => loss / Math.Log(2) / bytes, "The loss is that of one token. "
                + "How much is it for all of them?"),
        ],
    };

    /// <summary>The commonest pair of neighbours: a function of tokens.</summary>
    public static Exercise<Func<int[], (int Left, int Right)?>> CommonestPair => new(ExerciseKind.Line,
        Difficulty.Medium, Judge.Like<Func<int[], (int Left, int Right)?>>(PairCounts,
            f => [.. SeenPair(f([1, 2, 1, 2, 3, 1, 2])), .. SeenPair(f([5, 5, 5, 6])),
                .. SeenPair(f([3, 2, 3, 1, 2, 3])), .. SeenPair(f([9, 1, 2, 9, 9, 1, 9, 9, 1, 2]))]))
    {
        Question = "Byte-pair encoding begins by looking for the pair of neighbours that occurs most often. Write it "
            + "as a function of the tokens. Pairs may overlap; there are no ties in the tests.",
        Hints = ["`tokens.Zip(tokens.Skip(1))` are the pairs.", "Group, and take the largest group."],
        Misconceptions =
        [
            new("every second", tokens => Commonest(tokens.Chunk(2).Where(c => c.Length == 2)
                .Select(c => (c[0], c[1]))),
                "You cut the text into pairs. A pair can begin at every place."),
            new("without order", tokens => Commonest(tokens.Zip(tokens.Skip(1)).Select(p => p.First < p.Second ? p
                : (p.Second, p.First))), "The pair has an order: left and right."),
            new("the other way", tokens => PairCounts(tokens) is { } pair ? (pair.Right, pair.Left) : null, "Left and "
                + "right have changed places."),
            new("commonest tokens", tokens => (tokens.CountBy(t => t).MaxBy(c => c.Value).Key, tokens.CountBy(t => t)
                .OrderByDescending(c => c.Value).ElementAt(1).Key), "Those are the two commonest tokens, which need "
                + "not be neighbours."),
            new("the first", tokens => (tokens[0], tokens[1]), "That is the first pair. Which one occurs most often?"),
        ],
    };

    private static IEnumerable<double> SeenPair((int Left, int Right)? pair) => pair is { } p ? [p.Left, p.Right]
        : [double.NaN];

    private static (int Left, int Right)? PairCounts(int[] tokens) => Commonest(tokens.Zip(tokens.Skip(1)));

    private static (int Left, int Right)? Commonest(IEnumerable<(int, int)> pairs) =>
        pairs.CountBy(p => p).MaxBy(c => c.Value).Key;

    /// <summary>One merge of byte-pair encoding: a function of tokens, left, right and the new token.</summary>
    public static Exercise<Func<int[], int, int, int, int[]>> MergePair => new(ExerciseKind.Part, Difficulty.Medium,
        Judge.Like<Func<int[], int, int, int, int[]>>(Merged, f => [.. Seen.Of(f([1, 2, 3, 1, 2], 1, 2, 9)),
            .. Seen.Of(f([5, 5, 5], 5, 5, 6)), .. Seen.Of(f([5, 5, 5, 5, 1], 5, 5, 6)), .. Seen.Of(f([2, 1], 1, 2, 9)),
            .. Seen.Of(f([], 1, 2, 9)), .. Seen.Of(f([1, 1, 2, 2], 1, 2, 9))]))
    {
        Question = "Write one merge of byte-pair encoding: given tokens, a pair left and right, and the number of a "
            + "new token, put the new token wherever the pair stands, from the left. A token is merged once at most.",
        Hints = ["What becomes of three equal tokens, if the pair is that token twice?", "A loop whose index goes on "
            + "by two after a merge, and by one otherwise."],
        Misconceptions =
        [
            new("from the right", (tokens, left, right, to) => [.. Merged([.. tokens.Reverse()], right, left, to)
                .Reverse()], "Where the pair overlaps with itself, you begin from the right."),
            new("only the first", (tokens, left, right, to) => tokens.Zip(tokens.Skip(1)).ToList()
                .IndexOf((left, right)) is >= 0 and var at ? [.. tokens[..at], to, .. tokens[(at + 2)..]] : tokens,
                "The pair is merged in one place only."),
            new("left only", (tokens, left, right, to) => [.. tokens.Select((t, i) => t == left && i + 1 < tokens.Length
                && tokens[i + 1] == right ? to : t)], "The right token is still there. A merge makes one token of "
                    + "two."),
            new("without order", (tokens, left, right, to) => Merged(Merged(tokens, left, right, to), right, left, to),
                "You merge right and left, too. The pair has an order."),
            new("nothing", (tokens, left, right, to) => tokens, "The text comes out as it went in."),
        ],
    };

    private static int[] Merged(int[] tokens, int left, int right, int to)
    {
        var result = new List<int>();
        for (var i = 0; i < tokens.Length; i++)
            if (i + 1 < tokens.Length && (tokens[i], tokens[i + 1]) == (left, right)) (i, _) = (i + 1, Add(to));
            else Add(tokens[i]);
        return [.. result];

        int Add(int token)
        {
            result.Add(token);
            return token;
        }
    }

    /// <summary>A distribution at a temperature: a function of probabilities and of the temperature.</summary>
    public static Exercise<Func<double[], double, double[]>> Temperature => new(ExerciseKind.Part, Difficulty.Medium,
        Judge.Like<Func<double[], double, double[]>>(AtTemperature, f => [.. Seen.Of(f([0.5, 0.3, 0.2], 1)),
            .. Seen.Of(f([0.5, 0.3, 0.2], 0.5)), .. Seen.Of(f([0.9, 0.1], 2)), .. Seen.Of(f([0.7, 0.3, 0], 0.7))]))
    {
        Question = "Write what a temperature makes of the probabilities of the next token: logits are divided by it, "
            + "before the softmax. You are given the probabilities, the temperature, and no logits; some probabilities "
            + "can be 0.",
        Hints = ["The logarithms of the probabilities are logits that give them.", "Dividing a logarithm by a number "
            + "is what to the probability?", "In the end they must sum to one."],
        Misconceptions =
        [
            new("multiplied", (p, t) => AtTemperature(p, 1 / t), "Your text grows wilder as it gets colder: a low "
                + "temperature takes the likeliest token."),
            new("not normalised", (p, t) => [.. p.Select(x => Math.Pow(x, 1 / t))], "They do not sum to one."),
            new("divided probabilities", (p, t) => Shares([.. p.Select(x => x / t)]), "Dividing all probabilities by "
                + "one number changes nothing once they sum to one again. Divide the logits."),
            new("probabilities as logits", (p, t) => Normalised([.. p.Select(x => x / t)]), "Probabilities are no "
                + "logits: at a temperature of 1 nothing should change."),
            new("unchanged", (p, t) => p, "The temperature makes no difference."),
        ],
    };

    private static double[] Normalised(double[] z) => Shares([.. z.Select(x => Math.Exp(x - z.Max()))]);

    private static double[] AtTemperature(double[] p, double temperature) =>
        Shares(new Sampling { Temperature = temperature }.Weights(p));

    /// <summary>Find the flaw: bytes against pieces of words.</summary>
    public static Exercise<Flaw?> BytesOrPieces => new(ExerciseKind.Flaw, Difficulty.Easy,
        Judge.Found(Flaw.DifferentUnits))
    {
        Question = "Two Transformers of one size are trained for an hour each on the same file, with five seeds. One "
            + "reads it as bytes and has a perplexity of 4.2 on a text that both have never seen, the other reads "
            + "pieces of words and has 31. The report says: bytes are better. What is wrong with the comparison?",
        Hints = ["Among how many things does each model choose, and how often?", "What is the whole text's surprise "
            + "under either model?"],
        Misconceptions =
        [
            new("compute", Flaw.UnequalCompute, "Both had one hour."),
            new("seeds", Flaw.TooFewSeeds, "Five seeds, and numbers that are far apart."),
            new("text", Flaw.UnequalText, "They read the same file. How much of it in an hour is part of the "
                + "question."),
            new("leak", Flaw.Leak, "Neither has seen the text on which both are judged."),
        ],
    };
}
