using LmNotebooks.Records;

namespace LmNotebooks.Practice;

public static partial class Exercises
{
    /// <summary>Nats into bits: a function of the nats.</summary>
    public static Exercise<Func<double, double>> Bits => new(ExerciseKind.Number, Difficulty.Easy,
        Judge.Like<Func<double, double>>(nats => nats / Math.Log(2), f => [f(0), f(1), f(Math.Log(2)), f(5)]))
    {
        Question = "A fair coin has one bit of surprise, and ln 2 nats. Write the surprise in bits as a function of "
            + "the surprise in nats.",
        Hints = ["What is the surprise at a fair coin in both units?", "The two units differ by a factor. Which one "
            + "gives the larger number?"],
        Misconceptions =
        [
            new("the other way", nats => nats * Math.Log(2), "This turns bits into nats. A bit is the smaller unit, so "
                + "there must be more of them."),
            new("logarithm of the nats", nats => Math.Log2(nats), "A surprise is a logarithm already; it needs no "
                + "second one."),
            new("a power", nats => Math.Exp(nats), "That is the number of equally likely words, no surprise."),
            new("nothing to convert", nats => nats, "That is the same number, and the units differ."),
        ],
    };

    /// <summary>The cost of an exchange of parts between 0 and 1: a function of the losses before, after, and of the
    /// unigram model.</summary>
    public static Exercise<Func<double, double, double, double>> SwapCost =>
        new(ExerciseKind.Line, Difficulty.Easy, Judge.Like<Func<double, double, double, double>>(
            (before, mixed, unigram) => (mixed - before) / (unigram - before),
            f => [f(2.5, 2.8, 4), f(2.5, 2.5, 4), f(2.5, 4, 4), f(1, 3.5, 3), f(3, 2.9, 5)]))
    {
        Question = "The swap cost is 0 if the loss stays as it was, 1 if the mixed model is as bad as the unigram "
            + "model, and goes in a straight line between. Write it as a function of the three losses, in the order "
            + "before, mixed, unigram.",
        Hints = ["How far has the loss risen, and how far would it have to rise to count as 1?",
            "A share is a part divided by the whole; both are differences of losses here."],
        Misconceptions =
        [
            new("from the wrong end", (b, m, u) => (u - m) / (u - b), "This is 1 where nothing changed, and falls as "
                + "the loss rises. From which end is the cost counted?"),
            new("share of the unigram loss", (b, m, u) => (m - b) / u, "Compare with the rise that is as bad as the "
                + "unigram model, and not with that model's whole loss."),
            new("a ratio of losses", (b, m, u) => m / b, "A ratio of losses is not 0 where nothing changed."),
            new("in nats", (b, m, u) => m - b, "That is the rise in nats. It has to be put on a scale from 0 to 1."),
            new("relative rise", (b, m, u) => (m - b) / b, "That is the rise as a share of what was there before. The "
                + "unigram model must be in it."),
        ],
    };

    /// <summary>The loss of a text: a function of the distributions at its words, and of the words.</summary>
    public static Exercise<Func<double[][], int[], double>> TextLoss =>
        new(ExerciseKind.Part, Difficulty.Medium, Judge.Like<Func<double[][], int[], double>>(
            (said, words) => words.Index().Average(w => -Math.Log(said[w.Index][w.Item])),
            f => [f([[0.5, 0.5], [0.9, 0.1], [0.2, 0.8]], [0, 1, 1]), f([[0.25, 0.25, 0.5]], [2]),
                f([[0, 1], [0, 1]], [1, 1]), f([[0.7, 0.2, 0.1], [0.3, 0.3, 0.4]], [1, 0])]))
    {
        Question = "A model says at each place of a text how probable each word is. Write the loss of the text, the "
            + "mean surprise in nats, from these probabilities and the words that came.",
        Hints = ["Of each place only one probability is needed: which?", "Surprise is the negative logarithm. A mean "
            + "divides by the number of places."],
        Misconceptions =
        [
            new("sum", (said, words) => words.Index().Sum(w => -Math.Log(said[w.Index][w.Item])), "That is the sum, "
                + "which grows with the length of the text. The loss is a mean."),
            new("sign", (said, words) => words.Index().Average(w => Math.Log(said[w.Index][w.Item])), "A surprise is "
                + "never negative. Which sign has the logarithm of a probability?"),
            new("bits", (said, words) => words.Index().Average(w => -Math.Log2(said[w.Index][w.Item])), "These are "
                + "bits, and nats were asked."),
            new("logarithm of the mean", (said, words) => -Math.Log(words.Index().Average(w => said[w.Index][w.Item])),
                "You take the mean first and the logarithm then. Each word has its own surprise."),
            new("entropy", (said, words) => said.Average(p => p.Sum(x => x > 0 ? -x * Math.Log(x) : 0)), "That is how "
                + "surprised the model expects to be. The loss is about the words that did come."),
        ],
    };

    /// <summary>Find the flaw: two bodies are exchanged, and one comes from another text.</summary>
    public static Exercise<Flaw?> WhoseText => new(ExerciseKind.Flaw, Difficulty.Easy, Judge.Found(Flaw.UnequalText))
    {
        Question = "A body is put between an embedding and a head of another model. Eight times out of eight the loss "
            + "rises more if the two models began with other random numbers than if they began with the same. The "
            + "models that began with the same had each been trained on 100,000 words, the others on 20,000. The "
            + "report says: a common beginning makes parts fit. What is wrong with the comparison?",
        Hints = ["Make a table with a row for each kind of pair, and a column for each thing that can differ.",
            "The beginning is not the only column in which the two rows differ."],
        Misconceptions =
        [
            new("seeds", Flaw.TooFewSeeds, "Eight pairs, and all of them agree: the spread is not the trouble."),
            new("units", Flaw.DifferentUnits, "Both are losses of the same language in nats per word."),
            new("leak", Flaw.Leak, "Nothing is said of test texts that were seen before."),
        ],
    };

    /// <summary>Train the same model again, with at least twice the text.</summary>
    public static Exercise<(RunRecord? Before, RunRecord? Longer)> Longer => new(ExerciseKind.Training,
        Difficulty.Medium, Judge.Holding<(RunRecord? Before, RunRecord? Longer)>(
            r => r.Longer!.Finished, r => r.Before!.Strategy() == r.Longer!.Strategy(),
            r => r.Before!.Header.Seed == r.Longer!.Header.Seed, r => r.Before!.Width() == r.Longer!.Width(),
            r => r.Longer!.TrainTokens() >= 2 * r.Before!.TrainTokens()))
    {
        Question = "Train the first model again with at least twice the text, all else as it was, and give both "
            + "records: the one before and the longer one.",
        Hints = ["A scale is a record: `with` makes another one.", "The data are drawn for the scale, and have to be "
            + "drawn again for the larger one."],
        IsUnedited = r => r.Before is null || r.Longer is null,
        Misconceptions =
        [
            Misconception<(RunRecord? Before, RunRecord? Longer)>.When("cut off", r => !r.Longer!.Finished,
                "The longer run did not get to its end."),
            Misconception<(RunRecord? Before, RunRecord? Longer)>.When("the same run", r =>
                r.Before!.TrainTokens() == r.Longer!.TrainTokens(), "Both were trained on as much text."),
            Misconception<(RunRecord? Before, RunRecord? Longer)>.When("the wrong order", r =>
                r.Before!.TrainTokens() > r.Longer!.TrainTokens(), "The first record is that of the longer run."),
            Misconception<(RunRecord? Before, RunRecord? Longer)>.When("another seed", r =>
                r.Before!.Header.Seed != r.Longer!.Header.Seed, "The seed differs, too: then it is not known which of "
                + "the two made the difference."),
            Misconception<(RunRecord? Before, RunRecord? Longer)>.When("another model", r =>
                r.Before!.Width() != r.Longer!.Width(), "The width differs, too: then it is not known which of the two "
                + "made the difference."),
        ],
    };
}
