using LmNotebooks.Records;

namespace LmNotebooks.Practice;

public static partial class Exercises
{
    /// <summary>The weights in the matrices of one layer of a GRU: a function of its width.</summary>
    public static Exercise<Func<int, double>> GruWeights => new(ExerciseKind.Number, Difficulty.Easy,
        Judge.Like<Func<int, double>>(C => 6.0 * C * C, f => [f(1), f(10), f(64)]))
    {
        Question = "A layer of an RNN has two matrices, [C, C] each: one for what comes in, one for the state before. "
            + "A GRU has two gates besides the new state, and each of the three is computed in this way, with "
            + "matrices of its own. How many weights do the matrices of one layer of a GRU have, as a function of the "
            + "width C? (Leave the biases out.)",
        Hints = ["How many weights does one matrix have?", "How many things are computed, from how many inputs each?"],
        Misconceptions =
        [
            new("an RNN", C => 2.0 * C * C, "That is the RNN. The gates have matrices, too."),
            new("an LSTM", C => 8.0 * C * C, "That is the LSTM, which has one gate more."),
            new("one matrix each", C => 3.0 * C * C, "Each of the three reads what comes in and the state before: two "
                + "matrices."),
            new("only the gates", C => 4.0 * C * C, "The two gates are counted, and the new state is not."),
            new("not squared", C => 6.0 * C, "A matrix from C numbers to C numbers has more weights than that."),
        ],
    };

    /// <summary>The last line of a GRU: a function of the gate, the candidate and the state before.</summary>
    public static Exercise<Func<double, double, double, double>> GatedState => new(ExerciseKind.Line, Difficulty.Easy,
        Judge.Like<Func<double, double, double, double>>((z, candidate, before) => (1 - z) * candidate + z * before,
            f => [f(0, 0.7, -0.2), f(1, 0.7, -0.2), f(0.25, 0.7, -0.2), f(0.5, -1, 1), f(0.9, 0.1, 0.1)]))
    {
        Question = "The update gate z of a GRU says how much of the state before is kept: all of it at 1, nothing at "
            + "0, and a mixture with the candidate between. Write the new state as a function of gate, candidate and "
            + "state before.",
        Hints = ["What must come out for z = 1, and what for z = 0?", "A mixture has two weights that sum to one."],
        Misconceptions =
        [
            new("the other way", (z, c, b) => z * c + (1 - z) * b, "At z = 1 your state is the candidate. Here the "
                + "gate says how much is kept. (Some papers write it your way.)"),
            new("added", (z, c, b) => c + z * b, "The candidate comes in whole, even if everything is kept. The "
                + "weights have to sum to one."),
            new("forgets only", (z, c, b) => z * b, "Nothing new comes in."),
            new("mean", (z, c, b) => (c + b) / 2, "The gate makes no difference."),
            new("no candidate's share", (z, c, b) => (1 - z) * c + b, "The state before is kept whole at every gate."),
        ],
    };

    /// <summary>The slope of a power law through two points: a function of both sizes and both excesses.</summary>
    public static Exercise<Func<double, double, double, double, double>> ScalingSlope => new(ExerciseKind.Line,
        Difficulty.Medium, Judge.Like<Func<double, double, double, double, double>>(
            (n1, e1, n2, e2) => Math.Log(e2 / e1) / Math.Log(n2 / n1),
            f => [f(1000, 0.4, 2000, 0.2), f(1000, 0.4, 10_000, 0.1), f(5, 1, 50, 1), f(2000, 0.2, 1000, 0.4)]))
    {
        Question = "On two logarithmic axes a power law is a straight line. A text of n1 tokens gives an excess e1, "
            + "one of n2 tokens e2. Write the slope of that line as a function of n1, e1, n2, e2.",
        Hints = ["A slope is a rise over a run. What is measured along logarithmic axes?",
            "If twice the text halves the excess, by how many factors of two does each change, and in which "
                + "direction?"],
        Misconceptions =
        [
            new("straight axes", (n1, e1, n2, e2) => (e2 - e1) / (n2 - n1), "That is the slope on ordinary axes."),
            new("sign", (n1, e1, n2, e2) => -Math.Log(e2 / e1) / Math.Log(n2 / n1), "The size is right. Does the line "
                + "rise or fall?"),
            new("upside down", (n1, e1, n2, e2) => Math.Log(n2 / n1) / Math.Log(e2 / e1), "That is run over rise."),
            new("one logarithm", (n1, e1, n2, e2) => (e2 - e1) / Math.Log(n2 / n1), "Only one of the axes is "
                + "logarithmic in your formula."),
            new("ratio of ratios", (n1, e1, n2, e2) => e2 / e1 / (n2 / n1), "The logarithms are missing."),
        ],
    };

    /// <summary>One step of an LSTM of width 1: a function of the four sums and the cell before.</summary>
    public static Exercise<Func<double, double, double, double, double, (double State, double Cell)>> LstmStep =>
        new(ExerciseKind.Part, Difficulty.Hard,
            Judge.Like<Func<double, double, double, double, double, (double State, double Cell)>>(Lstm,
                f => new[]
                    { f(0.3, -0.5, 1.2, 2, 0.4), f(-1, 2, 0.1, -0.7, -1.5), f(0, 0, 0, 0, 1), f(5, -5, -2, 5, 3) }
                    .SelectMany(s => new[] { s.State, s.Cell })))
    {
        Question = "Write one step of an LSTM of width 1. The arguments are the sums that the matrices give for the "
            + "input gate, the forget gate, the candidate and the output gate, in this order, and the cell before. "
            + "Gates are a sigmoid, the candidate is a tanh. The new cell keeps what the forget gate lets through, "
            + "and takes what the input gate lets in; the state is the tanh of the new cell, as far as the output "
            + "gate shows it. Return state and cell.",
        Hints = ["A gate is 1 / (1 + e to the power of minus its sum).", "Which gate goes with the old cell, and which "
            + "with the candidate?", "Does the state look at the cell before or at the new one?"],
        Misconceptions =
        [
            new("gates exchanged", (i, f, g, o, c) => Lstm(f, i, g, o, c), "Input and forget gate have changed "
                + "places."),
            new("old cell shown", (i, f, g, o, c) => (Sigmoid(o) * Math.Tanh(c), Lstm(i, f, g, o, c).Cell), "The state "
                + "shows the cell before; it should show the new one."),
            new("no tanh of the cell", (i, f, g, o, c) => (Sigmoid(o) * Lstm(i, f, g, o, c).Cell, Lstm(i, f, g, o, c)
                .Cell), "The state shows the cell as it is; a tanh is missing."),
            new("sums as gates", (i, f, g, o, c) => (o * Math.Tanh(f * c + i * Math.Tanh(g)), f * c + i * Math.Tanh(g)),
                "The sums are used as gates. A gate lies between 0 and 1."),
            new("sigmoid for the candidate", (i, f, g, o, c) => Lstm(i, f, Math.Atanh(Sigmoid(g)), o, c), "The "
                + "candidate is a tanh, so that it can be negative."),
            new("a GRU's mixture", (i, f, g, o, c) => Lstm(i, -i, g, o, c), "You use one gate for both. An LSTM can "
                + "keep and take at the same time."),
        ],
    };

    private static (double State, double Cell) Lstm(double i, double f, double g, double o, double before)
    {
        var cell = Sigmoid(f) * before + Sigmoid(i) * Math.Tanh(g);
        return (Sigmoid(o) * Math.Tanh(cell), cell);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>Find the flaw: a GRU and a Transformer, one of them tuned.</summary>
    public static Exercise<Flaw?> WhichIsCloser => new(ExerciseKind.Flaw, Difficulty.Medium,
        Judge.Found(Flaw.UnequalTuning))
    {
        Question = "A GRU and a Transformer with as many parameters read the same 500,000 words, on eight languages. "
            + "For the GRU five learning rates were tried on languages of their own, and the best one was taken. The "
            + "Transformer has the rate of a paper about larger models. On fresh texts the GRU ends 0.04 nats per word "
            + "closer to the truth, each time. The report says: given the text, a GRU is better. What is wrong with "
            + "the comparison?",
        Hints = ["What was done for one of the two, and not for the other?", "Would the Transformer end where it does "
            + "with every setting?"],
        Misconceptions =
        [
            new("seeds", Flaw.TooFewSeeds, "Eight languages, and the same sign each time."),
            new("chosen", Flaw.ChosenAfterwards, "The choice was made on languages of their own, and not on those that "
                + "are reported."),
            new("compute", Flaw.UnequalCompute, "The claim is about a given text, not about a given time."),
            new("text", Flaw.UnequalText, "Both read the same words."),
        ],
    };

    /// <summary>Train with twice the text, and wider on the text, at about as many FLOPs.</summary>
    public static Exercise<(RunRecord? Longer, RunRecord? Wider)> TextOrWidth => new(ExerciseKind.Training,
        Difficulty.Hard, Judge.Holding<(RunRecord? Longer, RunRecord? Wider)>(
            r => r.Longer!.Finished && r.Wider!.Finished, r => r.Longer!.Header.Seed == r.Wider!.Header.Seed,
            r => r.Longer!.Strategy() == r.Wider!.Strategy(),
            r => r.Longer!.TrainTokens() >= 1.9 * r.Wider!.TrainTokens(), r => r.Wider!.Width() > r.Longer!.Width(),
            r => FlopRatio(r) is > 0.7 and < 1.45))
    {
        Question = "You may spend twice the FLOPs: on twice the text, or on a wider model that reads the text once. "
            + "Train both, with the same seed, so that their FLOPs differ by less than a third, and give both "
            + "records: the longer one and the wider one. Which comes closer to the truth?",
        Hints = ["Most FLOPs are in matrices of [C, C] and [C, 4 C].", "With which power of the width do the FLOPs of "
            + "a word grow?", "The records have the FLOPs: `Result.Flops`. The width must stay divisible by the "
            + "heads."],
        IsUnedited = r => r.Longer is null || r.Wider is null,
        Misconceptions =
        [
            Misconception<(RunRecord? Longer, RunRecord? Wider)>.When("cut off", r => !(r.Longer!.Finished
                && r.Wider!.Finished), "One of the runs did not get to its end."),
            Misconception<(RunRecord? Longer, RunRecord? Wider)>.When("the wrong order", r =>
                r.Longer!.Width() > r.Wider!.Width(), "The first record is that of the wider model."),
            Misconception<(RunRecord? Longer, RunRecord? Wider)>.When("another seed", r =>
                r.Longer!.Header.Seed != r.Wider!.Header.Seed, "The seeds differ, too."),
            Misconception<(RunRecord? Longer, RunRecord? Wider)>.When("as much text", r =>
                r.Longer!.TrainTokens() < 1.9 * r.Wider!.TrainTokens(), "The longer run has not read twice the text."),
            Misconception<(RunRecord? Longer, RunRecord? Wider)>.When("as wide", r =>
                r.Longer!.Width() == r.Wider!.Width(), "Both models are equally wide."),
            Misconception<(RunRecord? Longer, RunRecord? Wider)>.When("far too wide", r => FlopRatio(r) >= 1.45, "The "
                + "wider model takes far more FLOPs: they grow faster than the width."),
            Misconception<(RunRecord? Longer, RunRecord? Wider)>.When("hardly wider", r => FlopRatio(r) <= 0.7, "The "
                + "wider model takes far fewer FLOPs."),
        ],
    };

    private static double FlopRatio((RunRecord? Longer, RunRecord? Wider) r) =>
        r.Wider!.Result!.Flops / r.Longer!.Result!.Flops;
}
