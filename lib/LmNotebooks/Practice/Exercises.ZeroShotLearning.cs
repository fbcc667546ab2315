using LmNotebooks.Languages;
using MathNet.Numerics.LinearAlgebra;

namespace LmNotebooks.Practice;

/// <remarks>Of the notebook on zero-shot learning, what is about new words.</remarks>
public static partial class Exercises
{
    /// <summary>The probability that a new noun has a topic: a function of the number of all nouns, of topics, of known
    /// nouns, and of known nouns with this topic.</summary>
    public static Exercise<Func<double, double, double, double, double>> WhatIsLeft => new(ExerciseKind.Number,
        Difficulty.Easy, Judge.Like<Func<double, double, double, double, double>>(
            (all, topics, known, have) => (all / topics - have) / (all - known),
            f => [f(60, 4, 48, 13), f(60, 4, 48, 15), f(60, 2, 48, 20), f(12, 3, 11, 3), f(40, 5, 30, 6)]))
    {
        Question = "The nouns of a language are dealt their topics in equal numbers: each topic gets as many nouns as "
            + "any other. Then some of the nouns are held out: no text has them. Whoever knows the topics of all known "
            + "nouns knows something of the new ones, too. Write the probability that a new noun has a given topic: a "
            + "function of the number of all nouns, the number of topics, the number of known nouns, and how many of "
            + "the known nouns have this topic, in this order.",
        Hints = ["How many nouns have this topic in all? And how many of them are still to be found?", "The new noun "
            + "is one of those that are left. How many are these?"],
        Misconceptions =
        [
            new("nothing known", (_, topics, _, _) => 1 / topics, "That would be all if nothing were known of the "
                + "other nouns."),
            new("share of the known", (_, _, known, have) => have / known, "More known nouns with the topic leave "
                + "fewer for the new ones. Here it is the other way round."),
            new("add one", (_, topics, known, have) => (have + 1) / (known + topics), "That is add-one smoothing, for "
                + "draws that use nothing up. A deal uses up what there is of a topic."),
            new("how many", (all, topics, _, have) => all / topics - have, "That is how many nouns of the topic are "
                + "left. Among how many is the new one?"),
            new("of all nouns", (all, topics, _, have) => (all / topics - have) / all, "You divide by the number of "
                + "all nouns. The new one cannot be one that is known."),
            new("of the topic", (all, topics, _, have) => 1 - have * topics / all, "That is the share of the topic's "
                + "nouns that is held out. Which share of the nouns held out has the topic?"),
            new("another topic", (all, topics, known, have) => 1 - (all / topics - have) / (all - known), "That is the "
                + "probability of any other topic."),
        ],
    };

    /// <summary>The bias that gives a new word a probability at one place: a function of the logits of the other words,
    /// its own logit and the probability.</summary>
    public static Exercise<Func<double[], double, double, double>> CalibratedBias => new(ExerciseKind.Line,
        Difficulty.Medium, Judge.Like<Func<double[], double, double, double>>(
            (others, logit, p) => Raised(others, logit, p / (1 - p)), f => [f([1, 0, -1], 0.5, 0.2), f([2], 1, 0.5),
                f([3, -2, 0.5, 1], -1.5, 0.01), f([7, 6.5], 9, 0.3), f([0, 0, 0], 0, 0.25)]))
    {
        Question = "A new word gets a row of its own in the output matrix, and so a logit at each place of a text. "
            + "Write the bias to be added to it at one place, so that the new word has the probability p there. The "
            + "logits of all other words stay as they are. The arguments are the logits of the other words, the logit "
            + "of the new one without the bias, and p, in this order.",
        Hints = ["Softmax divides by a sum. How much of it is the new word's, and how much do the others bring?",
            "With the probability p, how many times as probable as all others together is the new word?"],
        Misconceptions =
        [
            new("p for the odds", (others, logit, p) => Raised(others, logit, p), "The new word gets p parts beside 1 "
                + "part for the others. Beside p parts, how many should they have?"),
            new("the old sum", (others, logit, p) => Raised([.. others, logit], logit, p), "You multiply by how far "
                + "its probability is from p. But the bias also raises the sum that softmax divides by."),
            new("among the others", (others, logit, p) => Raised([.. others, logit], logit, p / (1 - p)), "The new "
                + "word stands among the others, too."),
            new("the whole logit", (others, _, p) => Raised(others, 0, p / (1 - p)), "That is the logit that it should "
                + "have in the end. It has one already."),
            new("no others", (_, logit, p) => Raised([0], logit, p / (1 - p)), "How probable the new word is also "
                + "depends on the others."),
            new("the sign", (others, logit, p) => -Raised(others, logit, p / (1 - p)), "The size is right. Must the "
                + "bias rise or fall if p is to be larger?"),
            new("upside down", (others, logit, p) => Raised(others, logit, (1 - p) / p), "With this bias, p is what "
                + "the others have."),
            new("the likeliest alone", (others, logit, p) => Raised([others.Max()], logit, p / (1 - p)), "You set it "
                + "against the likeliest of the others. All of them are in the sum."),
            new("mean logit", (others, logit, p) => Raised([others.Average()], logit, p / (1 - p)), "You set it "
                + "against the mean of the other logits. What does softmax add up?"),
            new("no logarithm", (others, logit, p) => Raised(others, logit, Math.Exp(p / (1 - p))), "Odds are a ratio, "
                + "and logits are logarithms. Do not add one to the other."),
        ],
    };

    /// <summary>What must be added to a logit, if the word is to have these odds.</summary>
    private static double Raised(double[] others, double logit, double odds) =>
        Math.Log(odds) + Mixture.LogSum(others) - logit;

    /// <summary>The vector of a new word by a linear map that is fitted to known words: a function of their mean
    /// contexts, their vectors, and the mean context of the new word.</summary>
    public static Exercise<Func<double[][], double[][], double[], double[]>> ContextToVector => new(ExerciseKind.Part,
        Difficulty.Hard, Judge.Like<Func<double[][], double[][], double[], double[]>>((contexts, vectors, context) =>
            Mapped(contexts, vectors, context), f =>
            [
                .. Seen.Of(f([[1, 0.2], [0.5, 1], [0.8, -0.6], [0.2, 0.9], [1.2, 0.4]],
                    [[2, -1], [0.3, 1.5], [2.2, -2], [-0.5, 1], [1.9, 0.1]], [0.6, 0.7])),
                .. Seen.Of(f([[1, 0, 1], [0, 1, 1], [1, 1, 0], [2, 0, -1], [0, -1, 1], [1, 2, 1]],
                    [[0, 1, 2], [1, 1, 0], [-1, 0, 1], [1, -2, 0], [0, 0, 2], [1, 2, 3]], [0.5, -1, 2])),
            ]))
    {
        Question = "A la carte makes the vector of a new word of its mean context: the mean of the vectors of the "
            + "words around it. Known words show how. Of each of them you have its mean context and its vector. Take "
            + "the matrix that turns these contexts into these vectors with the least sum of squared errors. It has no "
            + "constant beside it, and nothing but the errors counts. Write what it makes of the mean context of the "
            + "new word. The arguments are the mean contexts and the vectors of the known words, a row a word, and the "
            + "mean context of the new one. There are more known words than numbers in a vector.",
        Hints = ["If vectors had one number only, the matrix would be one number, too. Which one?", "Let U have a mean "
            + "context a row, V a vector a row, and let B be the matrix that leads from rows to rows. The errors V - U "
            + "B are least where the columns of U are at right angles to them.", "MathNet has "
            + "`Matrix<double>.Build.DenseOfRowArrays`, `Transpose` and `Solve`."],
        Misconceptions =
        [
            new("the context itself", (_, _, context) => context, "That is the mean context as it stands. The matrix "
                + "is still to be found."),
            new("mean vector", (_, vectors, _) => MeanRow(vectors), "That is the mean of the known vectors, whatever "
                + "stands around the new word."),
            new("the nearest", (contexts, vectors, context) => vectors[contexts.Index().MaxBy(known =>
                Cosine(known.Item, context)).Index], "You take the vector of the known word with the most similar "
                + "context. All known words should have their say."),
            new("the other way", (contexts, vectors, context) => Mapped(vectors, contexts, context), "Your matrix "
                + "leads from vectors to contexts."),
            new("on its side", (contexts, vectors, context) => Mapped(contexts, vectors, context, turned: true), "Rows "
                + "and columns of your matrix have changed places."),
            new("products alone", (contexts, vectors, context) => [.. Rows(vectors).TransposeThisAndMultiply(
                Rows(contexts)) * Vector<double>.Build.Dense(context)], "You have the products of contexts and "
                + "vectors. They grow with the number of words: what else does least squares need?"),
            new("with a constant", (contexts, vectors, context) => Mapped([.. contexts.Select(c => (double[])[.. c,
                1])], vectors, [.. context, 1]), "Your map adds a constant. A matrix alone makes zeros of zeros."),
            new("a ridge", (contexts, vectors, context) => Mapped(contexts, vectors, context, 1), "Your matrix is held "
                + "small by a ridge. Only the errors should count."),
            new("the first words", (contexts, vectors, context) => Mapped(contexts[..context.Length],
                vectors[..context.Length], context), "Your matrix has no error at the first words, and does not know "
                + "the rest."),
            new("number by number", (contexts, vectors, context) => [.. context.Select((x, i) => x * contexts.Zip(
                vectors, (u, v) => u[i] * v[i]).Sum() / contexts.Sum(u => u[i] * u[i]))], "Each number of the vector "
                + "comes from one number of the context. A matrix lets all of them have a part in it."),
        ],
    };

    /// <summary>What the matrix of least squares makes of a context.</summary>
    /// <param name="ridge">What is added to the squares of the contexts.</param>
    /// <param name="turned">Whether the matrix is transposed.</param>
    private static double[] Mapped(double[][] contexts, double[][] vectors, double[] context, double ridge = 0,
        bool turned = false)
    {
        var (from, to) = (Rows(contexts), Rows(vectors));
        var squares = from.TransposeThisAndMultiply(from);
        var map = (squares + Matrix<double>.Build.DenseDiagonal(squares.RowCount, ridge))
            .Solve(from.TransposeThisAndMultiply(to));
        return [.. Vector<double>.Build.Dense(context) * (turned ? map.Transpose() : map)];
    }

    private static Matrix<double> Rows(double[][] rows) => Matrix<double>.Build.DenseOfRowArrays(rows);

    private static double[] MeanRow(double[][] rows) => [.. rows[0].Select((_, i) => rows.Average(row => row[i]))];
}
