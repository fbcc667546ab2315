using LmNotebooks.Models;
using static TorchSharp.torch;

namespace LmNotebooks.Practice;

public static partial class Exercises
{
    /// <summary>The gradient of the loss at one logit.</summary>
    public static Exercise<double> GradientOfLogit => new(ExerciseKind.Number, Difficulty.Medium,
        Judge.Number(0.2 - 1, 0.005))
    {
        Question = "A model gives the word that came a probability of a fifth. How much does its surprise at that word "
            + "change for each unit by which the logit of that word rises? In other words: what is the gradient of the "
            + "loss at that logit?",
        Hints = ["If the logit of the right word rises, does the loss rise or fall?",
            "The gradient of cross-entropy at a logit is what the model said minus what was right.",
            "What would it be if the model had been sure?"],
        Misconceptions =
        [
            new("the probability", 0.2, "That is the gradient at the logit of a word that did not come, if it has this "
                + "probability."),
            new("sign", 0.8, "The size is right. If this logit rises, does the loss rise, too?"),
            new("derivative of the logarithm", -5, "That is the derivative by the probability. Between it and the "
                + "logit stands a softmax."),
            new("the surprise", -Math.Log(0.2), "That is the loss, and not how it changes."),
            new("derivative of softmax alone", 0.16, "That is how the probability changes. The loss is its negative "
                + "logarithm."),
        ],
    };

    /// <summary>Logits into probabilities: a function of an array.</summary>
    public static Exercise<Func<double[], double[]>> Softmax => new(ExerciseKind.Line, Difficulty.Medium,
        Judge.Like<Func<double[], double[]>>(Normalised, f => [.. Seen.Of(f([0, 1, 2])), .. Seen.Of(f([-3, 0.5])),
            .. Seen.Of(f([1000, 1001])), .. Seen.Of(f([-1000, -1001, -1000])), .. Seen.Of(f([7]))]))
    {
        Question = "Write softmax: it makes logits positive by e to their power, and divides by the sum. It has to "
            + "work for logits of 1000, too.",
        Hints = ["If the same number is added to all logits, nothing changes.", "Which number can be taken from all of "
            + "them, so that no power overflows and not all of them vanish?"],
        Misconceptions =
        [
            new("overflow", z => Divided(z, Math.Exp), "It is right for small logits. e to the power of 1000 is no "
                + "number, and of all at -1000 nothing is left to divide by."),
            new("no power", z => Divided(z, x => x), "Logits can be negative, and probabilities cannot: the power is "
                + "missing."),
            new("not divided", z => [.. z.Select(x => Math.Exp(x - z.Max()))], "They do not sum to one."),
            new("logarithms", z => [.. Normalised(z).Select(p => Math.Log(p))], "These are the log-probabilities."),
            new("base two", z => Divided([.. z.Select(x => x - z.Max())], x => Math.Pow(2, x)), "The base is e."),
            new("only the largest", z => [.. z.Select(x => x == z.Max() ? 1.0 : 0)], "That takes the likeliest word "
                + "and leaves nothing for the others."),
        ],
    };

    private static double[] Normalised(double[] z) => Divided([.. z.Select(x => x - z.Max())], Math.Exp);

    private static double[] Divided(double[] z, Func<double, double> by) => Shares([.. z.Select(by)]);

    /// <summary>The training loss: a function of logits [T, V] and of the words that came, [T].</summary>
    public static Exercise<Func<Tensor, Tensor, Tensor>> CrossEntropy => new(ExerciseKind.Line, Difficulty.Medium,
        Judge.Like<Func<Tensor, Tensor, Tensor>>((logits, words) => nn.functional.cross_entropy(logits, words),
            f => Watched(() => [.. Seen.OfTensor(f(Rows(3, 5, 1), Ids(4, 0, 2))), .. Seen.OfTensor(f(Rows(1, 2, 2),
                Ids(1))), .. Seen.OfTensor(f(zeros(2, 4), Ids(0, 3)))])))
    {
        Question = "Write the loss that a language model is trained on, with tensors: the mean surprise in nats at the "
            + "words that came, [T], given the logits at each place, [T, V]. It gives one number, a tensor without "
            + "dimensions.",
        Hints = ["Which operation of tensors makes logits into log-probabilities of each row?",
            "`gather` picks from each row the entry that an index tells; it wants the index as [T, 1]."],
        Misconceptions =
        [
            new("sum", (logits, words) => nn.functional.cross_entropy(logits, words, reduction: nn.Reduction.Sum),
                "That is the sum over the places. The loss is a mean."),
            new("sign", (logits, words) => nn.functional.cross_entropy(logits, words).neg(), "This falls as the model "
                + "gets worse."),
            new("each place", (logits, words) => nn.functional.cross_entropy(logits, words, reduction:
                nn.Reduction.None), "These are the surprises at all places: take their mean."),
            new("logits as they are", (logits, words) => logits.gather(1, words.unsqueeze(1)).mean().neg(), "You pick "
                + "logits, and no log-probabilities. They have not been normalised."),
            new("all words", (logits, words) => logits.log_softmax(-1).mean().neg(), "You take the mean over all words "
                + "of the vocabulary; only those that came count."),
            new("over the places", (logits, words) => logits.log_softmax(0).gather(1, words.unsqueeze(1)).mean().neg(),
                "The softmax runs over the places. It has to run over the words."),
        ],
    };

    /// <summary>Which position sees which: a function of the length.</summary>
    public static Exercise<Func<int, bool[,]>> CausalMask => new(ExerciseKind.Line, Difficulty.Easy,
        Judge.Like<Func<int, bool[,]>>(T => Table(T, (asks, answers) => answers <= asks),
            f => [.. Seen.Of(f(1)), .. Seen.Of(f(3)), .. Seen.Of(f(4))]))
    {
        Question = "Write the causal mask of a text of length T: an entry [i, j] is true if position i sees position "
            + "j. Each sees itself and what came before.",
        Hints = ["May the first position see the second?", "In which corner of the table are all entries false?"],
        Misconceptions =
        [
            new("what is hidden", T => Table(T, (i, j) => j > i), "That is true where something is hidden. Here true "
                + "means seen."),
            new("the other way", T => Table(T, (i, j) => j >= i), "Position i sees what comes later: rows and columns "
                + "have changed places."),
            new("not itself", T => Table(T, (i, j) => j < i), "Each position sees itself, too; the first would see "
                + "nothing at all."),
            new("everything", T => Table(T, (i, j) => true), "Nothing is hidden. Then the next word can be read off."),
            new("one back", T => Table(T, (i, j) => j == i || j == i - 1), "It sees only one word back. All earlier "
                + "ones may be seen."),
        ],
    };

    /// <summary>One head of causal attention: a function of queries, keys and values, [T, D] each.</summary>
    public static Exercise<Func<Tensor, Tensor, Tensor, Tensor>> AttentionHead => new(ExerciseKind.Part,
        Difficulty.Hard, Judge.Like<Func<Tensor, Tensor, Tensor, Tensor>>((q, k, v) => Attends(q, k, v, Math.Sqrt(
            q.size(1))), LookAtHead, 1e-4))
    {
        Question = "Write one head of causal attention: given the queries, keys and values of a text, [T, D] each, "
            + "what each position gets, [T, D]. The products of query and keys are divided by the square root of D, "
            + "what comes later is hidden, softmax makes weights of the rest, and the values are summed by them.",
        Hints = ["`q.mm(k.t())` has a row for each position that asks.", "Hidden scores are minus infinity before "
            + "the softmax, so that their weight is 0.", "The softmax runs over the positions that answer: the last "
            + "dimension."],
        Misconceptions =
        [
            new("no mask", (q, k, v) => q.matmul(k.t()).Over(Math.Sqrt(q.size(1))).softmax(-1).matmul(v), "The first "
                + "position gets something of later ones: nothing is hidden."),
            new("not transposed", (q, k, v) => Scalars.With(double.NegativeInfinity, never => q.matmul(k)
                .Over(Math.Sqrt(q.size(1))).masked_fill(ones(q.size(0), q.size(1), dtype: @bool).triu(1), never))
                .softmax(-1).matmul(v), "The keys have to be transposed, so that each query meets each key."),
            new("no scale", (q, k, v) => Attends(q, k, v, 1), "The products are not divided, so the weights are "
                + "sharper than they should be."),
            new("divided by D", (q, k, v) => Attends(q, k, v, q.size(1)), "You divide by D, and not by its square "
                + "root."),
            new("hidden after softmax", (q, k, v) => q.matmul(k.t()).Over(Math.Sqrt(q.size(1))).softmax(-1).tril()
                .matmul(v), "You hide after the softmax, so the weights that are left do not sum to one."),
            new("hidden by zero", (q, k, v) => q.matmul(k.t()).Over(Math.Sqrt(q.size(1))).tril().softmax(-1).matmul(v),
                "A score of 0 is hidden from nobody: e to the power of 0 is 1."),
            new("over those who ask", (q, k, v) => Masked(q, k, Math.Sqrt(q.size(1))).softmax(0).matmul(v), "The "
                + "softmax runs over the positions that ask. The weights of each of them have to sum to one."),
        ],
    };

    /// <summary>Looks at texts as long as the vectors are wide, and at others only if that went well: a product of
    /// matrices that do not fit ends the process, since TorchSharp's matmul does not hand on what libtorch
    /// says.</summary>
    private static IEnumerable<double> LookAtHead(Func<Tensor, Tensor, Tensor, Tensor> head) => Watched(() =>
    {
        double[] Text(Func<Tensor, Tensor, Tensor, Tensor> of, int length, int width, int seed) =>
            [.. Seen.OfTensor(of(Rows(length, width, seed), Rows(length, width, seed + 1),
                Rows(length, width, seed + 2)))];
        var square = Text(head, 4, 4, 1);
        var right = Text((q, k, v) => Attends(q, k, v, 2), 4, 4, 1);
        return square.Length != right.Length || square.Zip(right).Any(p => !(Math.Abs(p.First - p.Second) < 1e-4))
            ? square : [.. square, .. Text(head, 4, 9, 4), .. Text(head, 1, 3, 7), .. Text(head, 3, 2, 10)];
    });

    private static Tensor Attends(Tensor q, Tensor k, Tensor v, double scale) =>
        Masked(q, k, scale).softmax(-1).matmul(v);

    private static Tensor Masked(Tensor q, Tensor k, double scale) => Scalars.With(double.NegativeInfinity, never =>
        q.matmul(k.t()).Over(scale).masked_fill(ones(q.size(0), k.size(0), dtype: @bool).triu(1), never));

    /// <summary>Find the flaw: a model whose loss is below the entropy.</summary>
    public static Exercise<Flaw?> BelowTheFloor => new(ExerciseKind.Flaw, Difficulty.Medium, Judge.Found(Flaw.Leak))
    {
        Question = "Somebody builds a Transformer of one layer and trains it on 100,000 words of the language, whose "
            + "entropy is 2.30 nats per word. On 200 fresh documents its loss is 1.41 with each of eight seeds; the "
            + "library's Transformer, trained on the same text with the same rates and the same number of layers, ends "
            + "at 2.42. The report says: one line of mine made the attention better. What is wrong?",
        Hints = ["No model can have a smaller expected loss than the entropy. So what has this one read?",
            "Which line of attention would have to be missing?"],
        Misconceptions =
        [
            new("seeds", Flaw.TooFewSeeds, "Eight seeds say the same, and by a nat."),
            new("text", Flaw.UnequalText, "Both read the same text; and no text at all brings a model below the "
                + "entropy."),
            new("tuning", Flaw.UnequalTuning, "The rates are the same; and no rate brings a model below the entropy."),
            new("chosen", Flaw.ChosenAfterwards, "Choosing the best of many gains some hundredths, not a nat below the "
                + "floor."),
        ],
    };

    private static bool[,] Table(int T, Func<int, int, bool> sees)
    {
        var table = new bool[T, T];
        for (var i = 0; i < T; i++)
            for (var j = 0; j < T; j++) table[i, j] = sees(i, j);
        return table;
    }

    /// <summary>Numbers between -2 and 2 that look random and are the same each time.</summary>
    private static Tensor Rows(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        var numbers = Enumerable.Range(0, rows * columns).Select(_ => (float)(4 * random.NextDouble() - 2)).ToArray();
        return tensor(numbers).view(rows, columns);
    }

    private static Tensor Ids(params long[] ids) => tensor(ids);

    private static double[] Watched(Func<double[]> look)
    {
        using var scope = NewDisposeScope();
        return look();
    }
}
