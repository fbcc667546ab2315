namespace LmNotebooks.Practice;

public static partial class Exercises
{
    /// <summary>The captured share of a latent: a function of two differences.</summary>
    public static Exercise<Func<double, double, double>> ShareOfTopic => new(ExerciseKind.Number, Difficulty.Easy,
        Judge.Like<Func<double, double, double>>((model, truth) => model / truth,
            f => [f(0.3, 0.4), f(0, 0.4), f(0.5, 0.4), f(-0.1, 0.8), f(2, 2)]))
    {
        Question = "If the beginning of a text had another topic, its end would be less probable: for the language by "
            + "`truth` nats, for the model by `model` nats. Write the captured share of the topic as a function of the "
            + "two, in the order model, truth: 0 if the model ignores the topic, 1 if it weighs it as it should.",
        Hints = ["What does the share come to if both differences are the same?",
            "Can it be above one? What would that mean?"],
        Misconceptions =
        [
            new("upside down", (m, t) => t / m, "This grows as the model uses the topic less."),
            new("what is missing", (m, t) => t - m, "That is what is missing, in nats."),
            new("missing share", (m, t) => 1 - m / t, "That is the share which the model has not captured."),
            new("cut at one", (m, t) => Math.Clamp(m / t, 0, 1), "A model can weigh a topic too much, or the wrong way "
                + "round. The number should show it."),
            new("share of both", (m, t) => m / (m + t), "For a perfect model this would be a half."),
        ],
    };

    /// <summary>How far beliefs of one bin are from what came true: a function of beliefs and outcomes.</summary>
    public static Exercise<Func<double[], bool[], double>> CalibrationGap => new(ExerciseKind.Line, Difficulty.Medium,
        Judge.Like<Func<double[], bool[], double>>((said, came) => said.Average() - came.Average(c => c ? 1.0 : 0),
            f => [f([0.8, 0.7, 0.9, 0.8], [true, false, true, false]), f([0.2, 0.4], [true, true]), f([0.5], [false]),
                f([0.25, 0.25, 0.25, 0.25], [false, true, false, false])]))
    {
        Question = "Of the beliefs that fall into one bin of a calibration curve, you have the probability that the "
            + "model gave and whether it came true. Write how far the model is too sure: what it said in the mean, "
            + "above the share that came true. It is negative for a model that is not sure enough.",
        Hints = ["Two means over the same cases.", "If a model says 0.8 ten times and eight come true, the gap is 0."],
        Misconceptions =
        [
            new("sign", (said, came) => came.Average(c => c ? 1.0 : 0) - said.Average(), "The size is right. Is a "
                + "model that says more than comes true too sure, or not sure enough?"),
            new("size only", (said, came) => Math.Abs(said.Average() - came.Average(c => c ? 1.0 : 0)), "Whether it is "
                + "too sure or not sure enough is lost."),
            new("each case", (said, came) => said.Zip(came, (p, c) => Math.Abs(p - (c ? 1 : 0))).Average(), "You "
                + "compare each case with its outcome. A belief of a half is never right in one case, and can be "
                + "right in many."),
            new("Brier score", (said, came) => said.Zip(came, (p, c) => Math.Pow(p - (c ? 1 : 0), 2)).Average(), "That "
                + "is the Brier score. It is above 0 for calibrated beliefs, too."),
            new("accuracy", (said, came) => said.Zip(came, (p, c) => p > 0.5 == c ? 1.0 : 0).Average(), "That is how "
                + "often the likelier answer was right."),
            new("sums", (said, came) => said.Sum() - came.Count(c => c), "It grows with the number of cases: take "
                + "means."),
        ],
    };

    /// <summary>The nearest other vector by cosine: a function of vectors and a number.</summary>
    public static Exercise<Func<double[][], int, int>> NearestWord => new(ExerciseKind.Part, Difficulty.Medium,
        Judge.Like<Func<double[][], int, int>>((all, word) => Nearest(all, word, Cosine),
            f => Enumerable.Range(0, Plane().Length).Select(word => (double)f(Plane(), word))))
    {
        Question = "Given the vectors of all words and the number of one of them, write which other word is nearest to "
            + "it by cosine: give its number, from 0; -1 where there is none.",
        Hints = ["The cosine is the product of two vectors, divided by both lengths.", "Which word is always nearest "
            + "to a word?"],
        Misconceptions =
        [
            new("itself", (all, word) => word, "Each word is nearest to itself. Another one is asked for."),
            new("product", (all, word) => Nearest(all, word, Product), "You do not divide by the lengths: long vectors "
                + "win."),
            new("distance", (all, word) => Nearest(all, word, (a, b) => -a.Zip(b, (x, y) => (x - y) * (x - y)).Sum()),
                "You look at distances in space. The cosine knows directions only."),
            new("furthest", (all, word) => Nearest(all, word, (a, b) => -Cosine(a, b)), "That is the word that points "
                + "away most."),
            new("size of the cosine", (all, word) => Nearest(all, word, (a, b) => Math.Abs(Cosine(a, b))), "A cosine "
                + "near -1 is as far away as can be."),
        ],
    };

    /// <summary>Vectors for which cosine, product and distance disagree.</summary>
    private static double[][] Plane() => [[1, 0], [10, 3], [0.8, 0.7], [-1, 0.01], [-3, -3], [0.1, 0.12], [0.2, 5]];

    private static int Nearest(double[][] all, int word, Func<double[], double[], double> likeness) =>
        Enumerable.Range(0, all.Length).Where(other => other != word).DefaultIfEmpty(-1)
            .MaxBy(other => other < 0 ? 0 : likeness(all[word], all[other]));

    private static double Product(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Cosine(double[] a, double[] b) =>
        Product(a, b) / Math.Sqrt(Product(a, a) * Product(b, b));

    /// <summary>Find the flaw: agreement that is high in one run.</summary>
    public static Exercise<Flaw?> KnowsAgreement => new(ExerciseKind.Flaw, Difficulty.Medium,
        Judge.Found(Flaw.TooFewSeeds))
    {
        Question = "With an attractor between subject and verb, a Transformer with its weights shared finds the right "
            + "form of the verb in 82 % of the cases, one with weights of its own in 41 %. Both were trained once, on "
            + "the same text, with rates chosen in the same way, and are judged on 2,000 fresh sentences. Other runs "
            + "of the second kind gave 33, 39, 79 and 95 %. The report says: sharing weights helps agreement. What is "
            + "wrong with the comparison?",
        Hints = ["How far do models of the second kind lie apart?", "2,000 sentences make the number of one model "
            + "exact. Which other thing was drawn by chance, and how often?"],
        Misconceptions =
        [
            new("text", Flaw.UnequalText, "Both read the same text."),
            new("leak", Flaw.Leak, "The sentences are fresh."),
            new("baseline", Flaw.MissingBaseline, "The arm that is needed is there. How often was it trained?"),
            new("chosen", Flaw.ChosenAfterwards, "Each was trained once, so there was nothing to choose from."),
        ],
    };
}
