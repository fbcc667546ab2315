namespace LmNotebooks.Practice;

/// <remarks>Of the notebook on zero-shot learning, what is about prompts, and about both kinds of claims.</remarks>
public static partial class Exercises
{
    /// <summary>The answer to a prompt without the model's preference: a function of the answer's probabilities for a
    /// text and of those for texts without labels, a row a text.</summary>
    public static Exercise<Func<double[], double[][], double[]>> CalibratedPrompt => new(ExerciseKind.Line,
        Difficulty.Medium, Judge.Like<Func<double[], double[][], double[]>>(
            (answer, texts) => Against(answer, MeanRow(texts)), f =>
            [
                .. Seen.Of(f([0.7, 0.3], [[0.8, 0.2], [0.6, 0.4], [0.9, 0.1]])),
                .. Seen.Of(f([0.2, 0.5, 0.3], [[0.1, 0.7, 0.2], [0.3, 0.6, 0.1]])),
                .. Seen.Of(f([0.9, 0.1], [[0.5, 0.5]])), .. Seen.Of(f([0.6, 0.4], [[0.99, 0.01], [0.2, 0.8]])),
            ]))
    {
        Question = "Asked by a prompt, a model can prefer one answer whatever the text says. Texts without labels show "
            + "how far: there, an answer has a mean probability. Divide the probability of each answer by its mean, "
            + "and make the results sum to one. Write the calibrated probabilities: a function of the model's "
            + "probabilities for one text, and of those for the texts without labels, a row a text.",
        Hints = ["A mean for each answer, over the texts.", "What comes out for a text that has just the mean "
            + "probabilities?"],
        Misconceptions =
        [
            new("as it was", (answer, _) => answer, "Nothing has changed. The mean of an answer is taken over the "
                + "texts, and each answer has one of its own."),
            new("not normalised", (answer, texts) => [.. answer.Zip(MeanRow(texts), (p, mean) => p / mean)], "They do "
                + "not sum to one."),
            new("multiplied", (answer, texts) => Shares([.. answer.Zip(MeanRow(texts), (p, mean) => p * mean)]), "What "
                + "the model prefers anyway, it prefers even more now."),
            new("taken away", (answer, texts) => [.. answer.Zip(MeanRow(texts), (p, mean) => p - mean)], "You take the "
                + "mean away. A probability can be below 0 then."),
            new("the mean alone", (_, texts) => MeanRow(texts), "That is what the model prefers. It should be taken "
                + "out of the answer."),
            new("mean of logarithms", (answer, texts) => Against(answer, [.. answer.Select((_, i) =>
                Math.Exp(texts.Average(text => Math.Log(text[i]))))]), "You have the mean of the logarithms: one text "
                + "with a very small probability decides it. Take the mean of the probabilities."),
            new("mean of ratios", (answer, texts) => Shares([.. answer.Select((p, i) => texts.Average(text => p /
                text[i]))]), "You divide by each text's answer, and take the mean then. Take it first."),
            new("one text", (answer, texts) => Against(answer, texts[0]), "You look at one of the texts without "
                + "labels. Take the mean over all of them."),
            new("itself among them", (answer, texts) => Against(answer, MeanRow([.. texts, answer])), "The text that "
                + "is asked about is in your mean, too. The texts without labels are others."),
        ],
    };

    /// <summary>An answer divided by another, so that it sums to one.</summary>
    private static double[] Against(double[] answer, double[] other) =>
        Shares([.. answer.Zip(other, (p, q) => p / q)]);

    /// <summary>Mutual information between a text and the answer to a prompt, in nats: a function of the answer's
    /// probabilities, a row a text.</summary>
    public static Exercise<Func<double[][], double>> PromptInformation => new(ExerciseKind.Line, Difficulty.Medium,
        Judge.Like<Func<double[][], double>>(texts => Before(texts) - After(texts), f =>
            [f([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4]]), f([[1, 0], [0, 1]]), f([[0.9, 0.1], [0.9, 0.1]]),
                f([[0.5, 0.5], [1, 0], [0.6, 0.4]])]))
    {
        Question = "A question can be worded in several ways, and there are no labels to choose by. A good wording "
            + "makes the answer depend on the text. So look at texts without labels, each as probable as any other. By "
            + "how many nats does the entropy of the answer fall, in the mean, when one learns which of the texts it "
            + "is about? Write it as a function of the answer's probabilities, a row a text. Some of them can be 0.",
        Hints = ["Before anybody knows which text it is, how probable is each answer?", "If all texts have the same "
            + "answer, nothing falls. And if two texts have different answers, both of them sure?"],
        Misconceptions =
        [
            Misconception<Func<double[][], double>>.When("0 ln 0", f => double.IsNaN(f([[1, 0], [0, 1]])), "0 times "
                + "the logarithm of 0 is no number in C#. What never happens adds nothing to an entropy."),
            new("before", Before, "That is the entropy before one learns which text it is. A model that is unsure "
                + "about each text has it, too."),
            new("after", After, "That is the mean entropy after one has learned which text it is. By how much has it "
                + "fallen?"),
            new("the sign", texts => After(texts) - Before(texts), "The size is right. The entropy falls: which of the "
                + "two is larger?"),
            new("from even answers", texts => Math.Log(texts[0].Length) - After(texts), "You begin with answers that "
                + "are equally probable. A model that is sure of the same answer each time would be the best."),
            new("bits", texts => (Before(texts) - After(texts)) / Math.Log(2), "These are bits."),
            new("a share", texts => 1 - After(texts) / Before(texts), "That is a share of the entropy, and no number "
                + "of nats."),
            new("a sum", texts => Before(texts) - texts.Sum(Entropy), "You take away the entropies of all texts "
                + "together. Take their mean."),
            new("how sure", texts => texts.Average(text => text.Max()), "That is how sure the model is. It can be as "
                + "sure where it says the same of every text."),
        ],
    };

    /// <summary>Entropy of the answer, if nobody knows the text.</summary>
    private static double Before(double[][] texts) => Entropy(MeanRow(texts));

    private static double After(double[][] texts) => texts.Average(Entropy);

    private static double Entropy(double[] of) => -of.Where(p => p > 0).Sum(p => p * Math.Log(p));

    /// <summary>Find the flaws of four reports on new words and new tasks.</summary>
    public static Exercise<(Flaw? A, Flaw? B, Flaw? C, Flaw? D)> FourZeroShots => new(ExerciseKind.Flaw,
        Difficulty.Medium, Found(Flaw.Leak, Flaw.ChosenAfterwards, Flaw.MissingBaseline, Flaw.DifferentUnits))
    {
        Question = "Four reports on zero-shot learning, each on eight languages, and each with a flaw of its own. (A) "
            + "The vector of a new word is trained on ten texts that have the word, in two ways and for as many steps. "
            + "One way holds it near the vectors of known words, the other leaves it free. Both are judged by how well "
            + "the model then predicts these ten texts, and the free way is better. The report says: leave it free. "
            + "(B) A question is worded in twenty ways. Each wording is asked about the test texts, and the answers "
            + "are compared with their labels. The best wording is right in 81 % of them. The report says: without any "
            + "label the accuracy is 81 %. (C) New words get vectors by a method, and a bias that makes them more "
            + "probable. Before, both were drawn at random. At the places of fresh texts where the new words stand, "
            + "their loss falls from 9 nats to 4. The report says: the method has found what the words mean. (D) Fresh "
            + "texts have new words. A model without rows for them cannot say them, so it is judged at all other "
            + "places: 2.3 nats a word. With the rows it is judged at all places: 2.5 nats a word. The report says: "
            + "the rows have made the model worse. Which flaw has each?",
        Hints = ["A: what should be new about the texts that a method is judged by?", "B: nobody can know which "
            + "wording is the best before the labels are looked at.", "C: who else could fall to 4 nats, and know "
            + "nothing of the words? D: which words are in the one mean, and which in the other?"],
        Misconceptions =
        [
            PartOpen,
            When("A and B exchanged", r => r is (Flaw.ChosenAfterwards, Flaw.Leak, _, _), "In one of A and B a method "
                + "has seen the test texts, in the other one the author has."),
            When("report A", r => r.A != Flaw.Leak, "Report A: both ways get the same texts and make as many steps. By "
                + "what are they judged?"),
            When("report B", r => r.B != Flaw.ChosenAfterwards, "Report B: no model learns from a label here. Who "
                + "makes use of them, and what for?"),
            When("report C", r => r.C != Flaw.MissingBaseline, "Report C: where a word stands, whoever says it more "
                + "often has a smaller loss. Is it the vectors?"),
            When("report D", r => r.D != Flaw.DifferentUnits, "Report D: at the places that both are judged at, they "
                + "may be equal. What is a mean over all places?"),
        ],
    };
}
