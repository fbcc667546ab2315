using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Practice;

public static partial class Exercises
{
    /// <summary>The share of the words that BERT's objective shows as something else: a function of the number of
    /// words.</summary>
    public static Exercise<Func<int, double>> CorruptedShare => new(ExerciseKind.Number, Difficulty.Easy,
        Judge.Like<Func<int, double>>(V => 0.15 * (0.8 + 0.1 * (1 - 1.0 / V)), f => [f(2), f(5), f(1000)]))
    {
        Question = "BERT's objective selects 15 % of the words of a text. Of these, 80 % are shown as a hole, 10 % as "
            + "a word drawn with equal chances from all V words, the word itself among them, and 10 % as they are. "
            + "Which share of all words does the model see as something other than they are, in the mean? Write it as "
            + "a function of V.",
        Hints = ["Of a thousand words, how many become a hole?",
            "How often is a word replaced by itself, if there are only two words to draw from?"],
        Misconceptions =
        [
            new("holes only", _ => 0.12, "A word with another one in its place is seen as something else, too."),
            new("never itself", _ => 0.135, "The draw can bring the word that was there. (If you have thought of "
                + "that: in C#, a whole number divided by a larger one is 0.)"),
            new("all selected", _ => 0.15, "Some of the selected words are shown as they are."),
            new("of the selected", V => 0.8 + 0.1 * (1 - 1.0 / V), "That is the share of the selected words. What is "
                + "it of all words?"),
            new("seen as they are", V => 1 - 0.15 * (0.8 + 0.1 * (1 - 1.0 / V)), "That is the share of those that are "
                + "seen as they are."),
            new("itself alone", V => 0.15 * (0.8 + 0.1 / V), "Of the words that are drawn, you count those that are "
                + "the same as before."),
        ],
    };

    /// <summary>The label multiplier between two points of training from scratch: a function of their labels and
    /// accuracies, and of the accuracy to be reached.</summary>
    public static Exercise<Func<double, double, double, double, double, double>> MultiplierByHand => new(
        ExerciseKind.Line, Difficulty.Medium, Judge.Like<Func<double, double, double, double, double, double>>(
            (n1, a1, n2, a2, a) => n1 * Math.Pow(n2 / n1, (a - a1) / (a2 - a1)) / 32,
            f => [f(64, 0.6, 256, 0.8, 0.7), f(8, 0.55, 32, 0.65, 0.6), f(128, 0.62, 512, 0.78, 0.65),
                f(512, 0.7, 2048, 0.9, 0.9)]))
    {
        Question = "From scratch, a model has the accuracy a1 with n1 labels, and a higher one, a2, with n2. With 32 "
            + "labels, a pre-trained model has an accuracy between the two. Between its two points, scratch goes in a "
            + "straight line over the logarithm of the labels. Write the label multiplier: the labels that scratch "
            + "needs for this accuracy, divided by 32. The arguments are n1, a1, n2, a2 and the accuracy, in this "
            + "order.",
        Hints = ["Which share of the way from a1 to a2 is done at the accuracy?", "The logarithm of the labels has "
            + "gone the same share of its way. Halfway between 10 and 1000 stands 100."],
        Misconceptions =
        [
            new("over the labels", (n1, a1, n2, a2, a) => (n1 + (n2 - n1) * (a - a1) / (a2 - a1)) / 32, "The line is "
                + "straight over the labels here. It should be over their logarithm."),
            new("labels", (n1, a1, n2, a2, a) => n1 * Math.Pow(n2 / n1, (a - a1) / (a2 - a1)), "That is how many "
                + "labels scratch needs. What is that for each label of the pre-trained model?"),
            new("upside down", (n1, a1, n2, a2, a) => 32 / (n1 * Math.Pow(n2 / n1, (a - a1) / (a2 - a1))), "This "
                + "falls where scratch needs more."),
            new("from the other end", (n1, a1, n2, a2, a) => n2 * Math.Pow(n1 / n2, (a - a1) / (a2 - a1)) / 32, "It "
                + "needs the labels of its second point where it should need those of its first."),
            new("the next point", (_, _, n2, _, _) => n2 / 32, "Scratch gets there before its second point."),
            new("logarithm", (n1, a1, n2, a2, a) => (Math.Log(n1) + Math.Log(n2 / n1) * (a - a1) / (a2 - a1)) / 32,
                "That is the logarithm of the labels. Come back from it before you divide."),
            new("ratio of accuracies", (_, a1, _, _, a) => a / a1, "That compares accuracies. The multiplier compares "
                + "labels."),
        ],
    };

    /// <summary>Counts of words, and of words after a negation: a function of a text, the number of words and the
    /// negation.</summary>
    public static Exercise<Func<int[], int, int, int[]>> NegationFeatures => new(ExerciseKind.Part, Difficulty.Medium,
        Judge.Like<Func<int[], int, int, int[]>>((text, V, not) => Counts(text, V, t => After(text, t, not)),
            f => [.. Seen.Of(f([1, 0, 2, 1, 1, 2], 3, 0)), .. Seen.Of(f([3, 3, 1, 0, 3, 1], 4, 3)),
                .. Seen.Of(f([2, 2], 3, 1)), .. Seen.Of(f([], 2, 1))]))
    {
        Question = "Write the features of a text for a logistic regression that knows of negation. There are V words, "
            + "numbered from 0, and `negation` is one of them. The result has 2V counts: first how often each word "
            + "stands in the text without a negation right before it, then how often it stands right after one. That "
            + "goes for every word, the negation itself among them.",
        Hints = ["A loop over the places of the text: at each, one count grows by one.", "Which count grows is decided "
            + "by the word at this place and the word before. Which word is before the first?"],
        Misconceptions =
        [
            new("no negation", (text, V, _) => Counts(text, V, _ => false), "Every word is counted in the first half, "
                + "whatever stands before it."),
            new("counted twice", (text, V, not) => [.. Counts(text, V, _ => false)[..V],
                .. Counts(text, V, t => After(text, t, not))[V..]], "What stands after a negation is counted in both "
                + "halves: it belongs into the second alone."),
            new("to the end", (text, V, not) => Counts(text, V, t => text[..t].Contains(not)), "Here a negation "
                + "reaches to the end of the text. It turns around the next word only."),
            new("the word before", (text, V, not) => Counts(text, V, t => t + 1 < text.Length && text[t + 1] == not),
                "You have counted the words that stand before a negation."),
            new("once", (text, V, not) => [.. Counts(text, V, t => After(text, t, not)).Select(n => Math.Min(n, 1))],
                "A word that stands there twice counts once here."),
            new("halves exchanged", (text, V, not) => Counts(text, V, t => !After(text, t, not)), "The halves have "
                + "changed places."),
            new("taken off", (text, V, not) => [.. Counts(text, V, t => After(text, t, not)) is var all
                ? all[..V].Zip(all[V..], (plain, after) => plain - after) : []], "One number a word: then a word and "
                + "its negation share a weight. Here each is to have its own."),
            new("negation left out", (text, V, not) => [.. Counts(text, V, t => After(text, t, not))
                .Select((n, i) => i % V == not ? 0 : n)], "The negation is a word like others, and is counted, too."),
        ],
    };

    /// <summary>Counts of all words, in the second half those for whose place something holds.</summary>
    private static int[] Counts(int[] text, int V, Func<int, bool> second)
    {
        var counts = new int[2 * V];
        for (var t = 0; t < text.Length; t++) counts[second(t) ? V + text[t] : text[t]]++;
        return counts;
    }

    private static bool After(int[] text, int t, int word) => t > 0 && text[t - 1] == word;

    /// <summary>R² of a readout: a function of what it predicted and the truth.</summary>
    public static Exercise<Func<double[], double[], double>> ReadoutFit => new(ExerciseKind.Part, Difficulty.Medium,
        Judge.Like<Func<double[], double[], double>>((said, truth) => 1 - Apart(said, truth) / Spread(truth),
            f => [f([0.2, 0.9, 0.6, 0.4], [0, 1, 0.5, 0.7]), f([0.6, 0.65, 0.7], [0.2, 0.5, 0.8]),
                f([0.9, 0.1, 0.5], [0.1, 0.9, 0.2]), f([0.1, 0.3], [0.1, 0.3]), f([0.4, 0.4], [0.2, 0.6])]))
    {
        Question = "A linear readout of a model's states predicts a probability for each test text, and the exact one "
            + "is known. Write the R² of the readout as a function of what it predicted and the truth, in this order. "
            + "It is 1 if the readout says the truth, 0 if it says the mean of the truth of every text, and below 0 "
            + "if it is worse than that. The predictions count as they stand: no line is fitted to them.",
        Hints = ["How large are the squared errors of the readout, added up?", "And how large are those of one who "
            + "says the mean of the truth of every text?"],
        Misconceptions =
        [
            new("correlation", (said, truth) => Correlation(said, truth), "A correlation does not mind if all "
                + "predictions are far too low."),
            new("squared correlation", (said, truth) => Math.Pow(Correlation(said, truth), 2), "A squared correlation "
                + "fits a line to the predictions first, and is never below 0."),
            new("what is left", (said, truth) => Apart(said, truth) / Spread(truth), "That is the share which the "
                + "readout leaves unexplained."),
            new("about zero", (said, truth) => 1 - Apart(said, truth) / truth.Sum(x => x * x), "You compare with one "
                + "who says 0 of every text."),
            new("about the wrong mean", (said, truth) => 1 - Apart(said, truth) / Spread(said), "You divide by the "
                + "spread of the predictions: those of one who says the same of every text have none."),
            new("spread of the predictions", (said, truth) => said.Sum(x => Math.Pow(x - truth.Average(), 2))
                / Spread(truth), "That is how far the predictions go apart, right or wrong."),
            new("not below zero", (said, truth) => Math.Max(0, 1 - Apart(said, truth) / Spread(truth)), "A readout can "
                + "be worse than a constant, and the number should show it."),
            new("mean squared error", (said, truth) => Apart(said, truth) / truth.Length, "That is the mean squared "
                + "error. How large is it for one who says the mean of the truth?"),
        ],
    };

    /// <summary>Sum of the squared differences.</summary>
    private static double Apart(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();

    private static double Spread(double[] x) => Apart(x, [.. x.Select(_ => x.Average())]);

    private static double Correlation(double[] a, double[] b) =>
        a.Zip(b, (x, y) => (x - a.Average()) * (y - b.Average())).Sum() / Math.Sqrt(Spread(a) * Spread(b));

    /// <summary>A method in three stages: pre-training, then the head of the goal alone, then all.</summary>
    public static Exercise<IStrategy> ProbeFirst => new(ExerciseKind.Part, Difficulty.Hard,
        Judge.Like<IStrategy>(new Probed(), strategy => Table(strategy, Asked()), 0.011))
    {
        Question = "When fine-tuning begins, the head of the goal is as it was drawn, and its first gradients could "
            + "spoil what pre-training has found. Write a strategy that trains it first. Half of the tokens trains all "
            + "parts on the next word of the plain text. A tenth of all tokens trains the head of the goal alone, and "
            + "the rest trains all that the goal is computed with. The model is built as it is described.",
        Hints = ["A stage has a name, a list of aims, a list of parts and a number of tokens. `plan.Goal` is the aim "
            + "that the model is for, and `plan.Text` the plain text.", "An aim without data of its own is about the "
            + "data of the goal.", "`plan.Goal.Objective.Uses(model)` is what the goal is computed with: its head is "
            + "the last of these parts."],
        Misconceptions =
        [
            new("all at once", new PretrainThenFineTune { PretrainingShare = 0.5 }, "The head has no stage of its own "
                + "before all else moves."),
            new("the probe alone", new Probed { Last = uses => uses.TakeLast(1) }, "In the last stage, only the head "
                + "trains."),
            new("without the head", new Probed { Last = uses => uses.SkipLast(1) }, "In the last stage, the head stays "
                + "as it is."),
            new("the head of words", new Probed { Head = model => model.Head }, "You train the head that predicts "
                + "words. The goal has a head of its own."),
            new("the wrong text", new Probed { Text = _ => null }, "The first aim names no data, so it reads those of "
                + "the goal, and no plain text."),
            new("a tenth of the rest", new Probed { HeadShare = 0.05 }, "The head has a tenth of what pre-training "
                + "leaves. It should have a tenth of all."),
            Misconception<IStrategy>.When("number of stages", s => Table(s, Asked()).ElementAt(1) != 3, "Three things "
                + "happen one after another, and each is a stage."),
        ],
    };

    private const string Sign = "sign";

    /// <summary>A plan with a plain text, and a question about texts as its goal.</summary>
    private static Plan Asked()
    {
        var data = Answered(Sign, 2);
        return new(Budget, new(), new(new Classification(Sign), data), [data, ShortText]);
    }

    /// <summary>So many texts with answers to a question.</summary>
    private static Dataset Answered(string question, int texts)
    {
        var answers = Corpus.OfAnswers([.. Enumerable.Repeat(new Example([2, 3, 4], [1]), texts)], 0);
        return new(question, Nameless, 2, 0, answers, answers)
        {
            SourceVocabulary = ShortText.Vocabulary, Question = question,
        };
    }

    /// <summary>Pre-training, the head, and all, or something else in these three stages.</summary>
    private sealed record Probed : IStrategy
    {
        public string Name => "probed";
        public double HeadShare { get; init; } = 0.1;
        public Func<Plan, Dataset?> Text { get; init; } = plan => plan.Text;
        public Func<Model, Part> Head { get; init; } = model => model.HeadOf(Sign);
        public Func<IReadOnlyList<Part>, IEnumerable<Part>> Last { get; init; } = uses => uses;

        public Model Build(ModelConfig config, Generator generator) => config.Build(generator);

        public IReadOnlyList<Stage> Stages(Model model, Plan plan)
        {
            var (text, head) = (plan.Tokens / 2, (long)(HeadShare * plan.Tokens));
            return
            [
                new("text", [new(new CausalLm(), Text(plan))], model.Parts, text),
                new("head", [plan.Goal], [Head(model)], head),
                new("all", [plan.Goal], [.. Last(plan.Goal.Objective.Uses(model))], plan.Tokens - text - head),
            ];
        }
    }

    /// <summary>Find the flaws of four reports.</summary>
    public static Exercise<(Flaw? A, Flaw? B, Flaw? C, Flaw? D)> FourReports => new(ExerciseKind.Flaw,
        Difficulty.Medium, Found(Flaw.TooFewSeeds, Flaw.UnequalTuning, Flaw.Leak, Flaw.ChosenAfterwards))
    {
        Question = "Four reports say that pre-training helps, and each has a flaw of its own. (A) One model is "
            + "pre-trained. It is fine-tuned on sixteen sets of 32 answers, and one from scratch learns from the same "
            + "sets: the sixteen differences count as sixteen replications. (B) On eight languages, rates are searched "
            + "for both: for scratch with 512 answers, for the pre-trained model with 32. Then both learn from 32. (C) "
            + "On eight languages there is little text for pre-training, so the texts of the test are added to it, "
            + "without their answers. (D) On eight languages, the accuracy of both on the test texts is noted after "
            + "each pass over the answers, and the highest of either is reported. Which flaw has each?",
        Hints = ["A: which things were drawn anew sixteen times, and which one once?", "B: is the best rate the same "
            + "with few answers and with many?", "C and D: the test texts are there to be new. To whom are they not?"],
        Misconceptions =
        [
            PartOpen,
            When("C and D exchanged", r => r is (_, _, Flaw.ChosenAfterwards, Flaw.Leak), "In one of C and D a model "
                + "has read the test texts, in the other one the author has looked at what came of them."),
            When("report A", r => r.A != Flaw.TooFewSeeds, "Report A: the sets are many. Of what is there only one?"),
            When("report B", r => r.B != Flaw.UnequalTuning, "Report B: both learn from as many answers in the end. "
                + "What was settled before, and was it for these?"),
            When("report C", r => r.C != Flaw.Leak, "Report C: what does one of the models meet in the test that it "
                + "knows?"),
            When("report D", r => r.D != Flaw.ChosenAfterwards, "Report D: both are treated alike, and no model learns "
                + "from the test texts. Who uses them, and what for?"),
        ],
    };

    /// <summary>A choice among the flaws for each of four reports.</summary>
    private static Judge<(Flaw? A, Flaw? B, Flaw? C, Flaw? D)> Found(Flaw a, Flaw b, Flaw c, Flaw d) =>
        Judge.Like<(Flaw? A, Flaw? B, Flaw? C, Flaw? D)>((a, b, c, d),
            r => Chosen(r).Select(flaw => (double?)flaw ?? double.NaN));

    private static Misconception<(Flaw? A, Flaw? B, Flaw? C, Flaw? D)> PartOpen =>
        When("part of it open", r => Chosen(r).Contains(null), "One of the four is not answered.");

    private static Misconception<(Flaw? A, Flaw? B, Flaw? C, Flaw? D)> When(string name,
        Func<(Flaw? A, Flaw? B, Flaw? C, Flaw? D), bool> holds, string thought) =>
        Misconception<(Flaw? A, Flaw? B, Flaw? C, Flaw? D)>.When(name, holds, thought);

    private static IEnumerable<Flaw?> Chosen((Flaw? A, Flaw? B, Flaw? C, Flaw? D) r) => [r.A, r.B, r.C, r.D];
}
