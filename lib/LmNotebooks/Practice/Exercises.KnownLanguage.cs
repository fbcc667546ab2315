
namespace LmNotebooks.Practice;

public static partial class Exercises
{
    /// <summary>The perplexity of the course's language.</summary>
    public static Exercise<double> Perplexity =>
        // The entropy is estimated, and written with two digits in the question and the chart: 9.97 to 10.02.
        new(ExerciseKind.Number, Difficulty.Easy, Judge.Number(Math.Exp(2.3), 0.06))
    {
        Question = "The language has an entropy of 2.30 nats per word. What is the perplexity of a perfect model?",
        Hints = ["Perplexity is the number of equally likely words among which a reader would be as unsure.",
            "If there are n equally likely words, how large is the surprise? Read that backwards."],
        Misconceptions =
        [
            new("the entropy itself", 2.3, "That is the loss. Perplexity is a number of words."),
            new("a power of two", Math.Pow(2, 2.3), "A power of two goes with bits, and the entropy is in nats."),
            new("a power of ten", Math.Pow(10, 2.3), "The natural logarithm belongs to another base."),
            new("logarithm", Math.Log(2.3), "The logarithm has been taken already; it has to be undone."),
            new("sign", Math.Exp(-2.3), "That is the probability of one of those words. How many are there?"),
        ],
    };

    /// <summary>The excess of a model: a function of the log-probabilities under the language and under the
    /// model.</summary>
    public static Exercise<Func<IReadOnlyList<double[]>, IReadOnlyList<double[]>, double>> ExcessByHand =>
        new(ExerciseKind.Line, Difficulty.Medium,
            Judge.Like<Func<IReadOnlyList<double[]>, IReadOnlyList<double[]>, double>>(MeanDifference,
                f => [f([[-1, -2], [-3, -1, -2, -2]], [[-2, -2.5], [-3, -3, -2.5, -4]]), f([[-1]], [[-1]]),
                    f([[-2, -2, -2], [-1]], [[-1, -2, -2], [-2]])]))
    {
        Question = "Given the log-probabilities of every test word under the language and under the model, document by "
            + "document, write the excess of the model in nats per word.",
        Hints = ["The excess of one word is the difference of its two log-probabilities. Which one is taken from "
            + "which?",
            "Documents can differ in length, and each word counts the same."],
        Misconceptions =
        [
            new("sign", (truth, model) => -MeanDifference(truth, model), "A bad model has a positive excess. Which of "
                + "the two log-probabilities is larger?"),
            new("mean of documents", (truth, model) => truth.Zip(model, (p, m) => p.Average() - m.Average()).Average(),
                "You take a mean of means. A short document then weighs as much as a long one."),
            new("per document", (truth, model) => MeanDifference(truth, model) * truth.Sum(d => d.Length) / truth.Count,
                "That is per document, and the unit is nats per word."),
            new("sum", (truth, model) => truth.Sum(d => d.Sum()) - model.Sum(d => d.Sum()), "That is the sum over the "
                + "text. It grows with the length."),
            new("loss", (truth, model) => -model.SelectMany(d => d).Average(), "That is the loss of the model. What "
                + "would a perfect reader have lost on the same words?"),
        ],
    };

    private static double MeanDifference(IReadOnlyList<double[]> truth, IReadOnlyList<double[]> model) =>
        truth.SelectMany(d => d).Zip(model.SelectMany(d => d), (p, m) => p - m).Average();

    /// <summary>Witten and Bell's probability of a word: a function of four numbers.</summary>
    public static Exercise<Func<int, int, int, double, double>> WittenBell =>
        new(ExerciseKind.Line, Difficulty.Medium, Judge.Like<Func<int, int, int, double, double>>(
            (count, total, different, below) => (count + different * below) / (total + different),
            f => [f(3, 10, 4, 0.05), f(0, 10, 4, 0.05), f(1, 1, 1, 0.5), f(0, 7, 7, 0.01), f(5, 5, 1, 0.2)]))
    {
        Question = "After a context came `total` words, `different` of which were different, and `count` of which were "
            + "the word in question. The shorter context gives that word the probability `below`. Witten and Bell "
            + "say: a new word has been as frequent as there were different ones, so give that many counts more, and "
            + "hand them out as the shorter context says. Write the probability of the word, with the arguments in "
            + "the order count, total, different, below.",
        Hints = ["How many counts are there when the new ones are added?", "The word gets its own count, and its part "
            + "of the new ones."],
        Misconceptions =
        [
            new("no smoothing", (c, n, d, b) => (double)c / n, "A word that never came has no probability then."),
            new("one count", (c, n, d, b) => (c + b) / (n + 1), "As many counts are added as there were different "
                + "words, not one."),
            new("only unseen words", (c, n, d, b) => c > 0 ? (double)c / (n + d) : d * b / (n + d), "Words that came "
                + "get their part of the new counts, too. Do your probabilities sum to one?"),
            new("not divided", (c, n, d, b) => (c + d * b) / n, "The probabilities sum to more than one: the new "
                + "counts are missing below the line."),
            new("evenly", (c, n, d, b) => (c + b) / (double)(n + d), "The new counts are handed out as the shorter "
                + "context says; you hand out one."),
        ],
    };

    /// <summary>A bigram model with add-one smoothing: a function of documents, vocabulary and the word
    /// before.</summary>
    public static Exercise<Func<IReadOnlyList<int[]>, int, int, double[]>> BigramModel =>
        new(ExerciseKind.Part, Difficulty.Medium, Judge.Like<Func<IReadOnlyList<int[]>, int, int, double[]>>(AddOne,
            f => [.. Seen.Of(f([[0, 1, 0, 2], [2, 0, 1]], 3, 0)), .. Seen.Of(f([[0, 1, 0, 2], [2, 0, 1]], 3, 2)),
                .. Seen.Of(f([[0, 1, 1]], 4, 3)), .. Seen.Of(f([[1, 0], [0, 1]], 2, 0))]))
    {
        Question = "Write a bigram model: given documents, the number of words V and the word before, the "
            + "probabilities of the V next words. Count what followed that word in the documents, and add one to each "
            + "count, so that nothing is impossible.",
        Hints = ["A pair needs two neighbours in one document: does a document's last word have one?",
            "After a word that never came, all words are equally likely.", "If each of V counts is one more, by how "
            + "much has their sum grown?"],
        Misconceptions =
        [
            new("across documents", (documents, words, before) => AddOne([[.. documents.SelectMany(d => d)]], words,
                before), "You count pairs of the last word of a document and the first of the next."),
            new("no smoothing", (documents, words, before) => Shares(Followers(documents, words, before, 0)), "A pair "
                + "that never came is impossible in your model, and after an unseen word nothing is defined."),
            new("unigram", (documents, words, before) => Shares([.. Enumerable.Range(0, words)
                .Select(w => 1.0 + documents.Sum(d => d.Count(x => x == w)))]), "These are the counts of words; the "
                + "word before makes no difference."),
            new("counts", (documents, words, before) => Followers(documents, words, before, 1), "These are counts. "
                + "Probabilities sum to one."),
            new("the word after", (documents, words, before) => AddOne(
                [.. documents.Select(d => d.Reverse().ToArray())], words, before),
                "You count what stood in front of the word, and not what followed."),
        ],
    };

    private static double[] AddOne(IReadOnlyList<int[]> documents, int words, int before) =>
        Shares(Followers(documents, words, before, 1));

    private static double[] Followers(IReadOnlyList<int[]> documents, int words, int before, double more) =>
        [.. Enumerable.Range(0, words).Select(w => more + documents.Sum(d => d.Zip(d.Skip(1))
            .Count(pair => pair == (before, w))))];

    private static double[] Shares(double[] counts) => [.. counts.Select(c => c / counts.Sum())];

    /// <summary>Find the flaw: a trigram model is set beside a unigram model.</summary>
    public static Exercise<Flaw?> TwoWords => new(ExerciseKind.Flaw, Difficulty.Medium,
        Judge.Found(Flaw.MissingBaseline))
    {
        Question = "On eight languages a trigram model ends 1.3 nats per word closer to the truth than a unigram "
            + "model, counted on the same text, with the same smoothing, judged on texts that neither has seen. The "
            + "report says: the second word of context is worth having. What is wrong with the comparison?",
        Hints = ["Which two arms differ in the second word of context, and in nothing else?",
            "Between none and two words of context there is one more."],
        Misconceptions =
        [
            new("seeds", Flaw.TooFewSeeds, "Eight languages, and a difference far above any spread: that is not it."),
            new("text", Flaw.UnequalText, "Both were counted on the same text."),
            new("units", Flaw.DifferentUnits, "Both are nats per word of the same language."),
            new("compute", Flaw.UnequalCompute, "Counting costs next to nothing in both, and nothing is said of time."),
        ],
    };
}
