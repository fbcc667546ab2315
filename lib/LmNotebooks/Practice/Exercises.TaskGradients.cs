namespace LmNotebooks.Practice;

/// <remarks>Of the notebook on multi-task learning, what is about the gradients of two tasks.</remarks>
public static partial class Exercises
{
    /// <summary>A cosine that noise does not bring nearer to 0: a function of the gradients of two tasks, a row a
    /// batch.</summary>
    public static Exercise<Func<double[][], double[][], double>> CorrectedCosine => new(ExerciseKind.Part,
        Difficulty.Medium, Judge.Like<Func<double[][], double[][], double>>(
            (first, second) => Cosine(first, second, Differ, Differ),
            f => [f([[1, 0], [1, 1], [0.5, -0.2]], [[0.3, 1], [2, 0.4], [1, 1]]),
                f([[1, 2, 0], [2, 1, 1], [0, 1, -1], [1, 0.5, 0]], [[-1, 0, 1], [-2, -0.5, 0], [-0.5, -1, 0.2],
                    [0, -1, 0]]),
                f([[2, 1], [1, 2], [2, 0.5]], [[1, -1], [2, 0], [0.5, -2]])]))
    {
        Question = "Two tasks have gradients at the same parameters, one from each batch. Batch a has the same texts "
            + "for both. The noise of a batch makes gradients longer, and so plain cosines smaller. On the same texts, "
            + "the noise of two tasks can also look like agreement. Products of gradients from different batches have "
            + "no noise in common. Write the corrected cosine. Above stands the mean product of a gradient of the "
            + "first task and one of the second. Below stands the root of two such means multiplied: that of the first "
            + "task with itself, and that of the second with itself. All three means are over all pairs of different "
            + "batches. The arguments are the gradients of the first task and those of the second, a row a batch.",
        Hints = ["Write the mean product over pairs of different batches first, as a function of two lists of "
            + "gradients. You need it three times.", "With three batches there are six pairs: first and second is one, "
            + "second and first is another. Between two tasks their products differ."],
        Misconceptions =
        [
            new("noise kept", (first, second) => Cosine(first, second, Any, Any), "That is the cosine of the two mean "
                + "gradients. The noise is still in their lengths: a batch is multiplied with itself."),
            new("noise in the lengths", (first, second) => Cosine(first, second, Differ, Any), "Below, a batch is "
                + "multiplied with itself, so the noise makes both lengths too large."),
            new("noise above", (first, second) => Cosine(first, second, Any, Differ), "Above, the two tasks meet on "
                + "the same batch, and the noise of its texts is in both gradients."),
            new("the same batch above", (first, second) => Cosine(first, second, (a, b) => a == b, Differ), "Above, "
                + "you have the products within each batch, whose texts are noise for both tasks."),
            new("the same batch", (first, second) => Cosine(first, second, (a, b) => a == b, (a, b) => a == b), "All "
                + "of these products are within a batch: nothing is corrected."),
            new("half of the pairs", (first, second) => Cosine(first, second, (a, b) => a < b, Differ), "Above, half "
                + "of the pairs are missing. The later batch can come from the first task, too."),
            new("mean of cosines", (first, second) => first.SelectMany((g, a) => second.Where((_, b) => a != b)
                .Select(h => Cosine([g], [h], Any, Any))).Average(), "A cosine for each pair divides by the lengths "
                + "of single gradients, which are mostly noise. Take the means first."),
            new("no root", (first, second) => Mean(first, second, Differ) / (Mean(first, first, Differ)
                * Mean(second, second, Differ)), "Below are two squared lengths. The root is missing."),
            new("the product alone", (first, second) => Mean(first, second, Differ), "That grows with the lengths of "
                + "the gradients. Divide by them."),
            new("one length", (first, second) => Mean(first, second, Differ) / Mean(first, first, Differ), "You divide "
                + "by the first task's length twice, and by the second's never."),
            new("cut off", (first, second) => Math.Clamp(Cosine(first, second, Differ, Differ), -1, 1), "An estimate "
                + "can lie beyond 1 by chance. Who cuts that off is too near 0 in the mean."),
        ],
    };

    private static bool Any(int a, int b) => true;

    private static bool Differ(int a, int b) => a != b;

    /// <summary>Mean product over the pairs of batches that count.</summary>
    private static double Mean(double[][] one, double[][] other, Func<int, int, bool> counts) =>
        one.SelectMany((g, a) => other.Where((_, b) => counts(a, b)).Select(h => Product(g, h))).Average();

    /// <param name="between">The pairs that count between the tasks.</param>
    /// <param name="within">The pairs that count within a task.</param>
    private static double Cosine(double[][] one, double[][] other, Func<int, int, bool> between,
        Func<int, int, bool> within) =>
        Mean(one, other, between) / Math.Sqrt(Mean(one, one, within) * Mean(other, other, within));

    /// <summary>PCGrad between two tasks: a function of the gradient of one and that of the other.</summary>
    public static Exercise<Func<double[], double[], double[]>> Projected => new(ExerciseKind.Part, Difficulty.Medium,
        Judge.Like<Func<double[], double[], double[]>>((g, h) => Product(g, h) < 0 ? Without(g, h) : g,
            f => [.. Seen.Of(f([1, -2], [1, 1])), .. Seen.Of(f([1, 2], [1, 1])),
                .. Seen.Of(f([3, -1, 0], [-2, 0.5, 4])), .. Seen.Of(f([1, 0], [0, 2])),
                .. Seen.Of(f([-1, -1], [2, 2]))]))
    {
        Question = "PCGrad keeps two tasks from spoiling each other's steps. They are in conflict where the product of "
            + "their gradients is negative. Then it takes out of g, the gradient of one task, all that lies along h, "
            + "the gradient of the other. What is left stands at right angles to h, and a small step along it leaves "
            + "the other task as it is. Without a conflict g stays whole. Write what becomes of g: a function of g and "
            + "h.",
        Hints = ["The part of g that lies along h is a multiple of h. Which one, if what is left is at right angles to "
            + "h?", "Try it with an h that is ten times as long: the result must be the same."],
        Misconceptions =
        [
            new("always", Without, "This also takes out what the two tasks agree on: without a conflict g stays "
                + "whole."),
            new("never", (g, _) => g, "In a conflict a step along g spoils the other task."),
            new("the wrong case", (g, h) => Product(g, h) > 0 ? Without(g, h) : g, "You change g where the tasks "
                + "agree, and leave it where they are in conflict."),
            new("the length of g", (g, h) => Product(g, h) < 0 ? Plus(g, h, -Product(g, h) / Product(g, g)) : g, "You "
                + "divide by the squared length of g. What is left is not at right angles to h."),
            new("the length once", (g, h) => Product(g, h) < 0
                ? Plus(g, h, -Product(g, h) / Math.Sqrt(Product(h, h))) : g, "The result depends on how long h is. Its "
                + "length comes in twice: once in the product, and once in the vector that you take away."),
            new("not divided", (g, h) => Product(g, h) < 0 ? Plus(g, h, -Product(g, h)) : g, "This is right only if h "
                + "has the length 1."),
            new("the part along h", (g, h) => Product(g, h) < 0 ? Plus(new double[g.Length], h, Product(g, h)
                / Product(h, h)) : g, "That is the part to be taken away. What is left of g?"),
            new("twice as far", (g, h) => Product(g, h) < 0 ? Plus(g, h, -2 * Product(g, h) / Product(h, h)) : g,
                "That turns the conflict around: g now points to where h does."),
            new("added", (g, h) => Product(g, h) < 0 ? Plus(g, h, Product(g, h) / Product(h, h)) : g, "The conflict "
                + "has grown: the part along h is added once more."),
            new("nothing left", (g, h) => Product(g, h) < 0 ? new double[g.Length] : g, "Some of g does not concern "
                + "the other task, and that is kept."),
            new("the other gradient", (g, h) => Product(g, h) < 0 ? Without(h, g) : h, "You change h. Its turn comes "
                + "with the roles exchanged."),
            new("number by number", (g, h) => [.. g.Zip(h, (x, y) => x * y < 0 ? 0 : x)], "You look at each number by "
                + "itself. The conflict is one of the whole vectors."),
        ],
    };

    /// <summary>A vector plus a multiple of another.</summary>
    private static double[] Plus(double[] g, double[] h, double times) => [.. g.Zip(h, (x, y) => x + times * y)];

    /// <summary>What is left of a vector at right angles to another.</summary>
    private static double[] Without(double[] g, double[] h) => Plus(g, h, -Product(g, h) / Product(h, h));
}
