using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Practice;

public static partial class Exercises
{
    /// <summary>What training a matrix costs in three cases, in forward passes.</summary>
    public static Exercise<(double A, double B, double C)> StageCosts => new(ExerciseKind.Number, Difficulty.Medium,
        Judge.Like((A: 3.0, B: 2.0, C: 2.0), c => [c.A, c.B, c.C]))
    {
        Question = "The forward pass of a matrix costs f FLOPs a token. What does training cost for this matrix, "
            + "forward and backward in all, as multiples of f, if (A) it trains and something before it trains, (B) "
            + "it trains and nothing before it does, (C) it stays as it is and something before it trains?",
        Hints = ["Forward is needed in every case.", "The gradient of the weights is a product as large as the forward "
            + "pass, and so is the gradient of the input.", "Who needs the gradient of the input?"],
        Misconceptions =
        [
            new("free where frozen", (3, 2, 1), "A gradient has to pass through a matrix that stays, if something "
                + "before it trains."),
            new("the gradient of the input for nothing", (3, 3, 2), "If nothing before it trains, nobody needs the "
                + "gradient of its input."),
            new("backward only", (2, 1, 1), "The forward pass is missing in all three."),
            new("frozen costs as much", (3, 2, 3), "A matrix that stays needs no gradient of its weights."),
            Misconception<(double A, double B, double C)>.When("part of it open", c => double.IsNaN(c.A + c.B + c.C),
                "One of the three is not answered."),
        ],
    };

    /// <summary>The length of a critical path.</summary>
    public static Exercise<double> CriticalPath => new(ExerciseKind.Number, Difficulty.Easy,
        Judge.Number(3 + 5 + 4, 1e-6))
    {
        Question = "The stages a, b, c, d cost 3, 5, 2 and 4. b and c need a, and d needs b and c. How long is the "
            + "critical path?",
        Hints = ["What could run at the same time?", "Of two stages that run side by side, the longer one counts."],
        Misconceptions =
        [
            new("one after another", 14, "That is all of them, one after another. Two of them could run side by side."),
            new("the shorter branch", 9, "Stage d has to wait for both of its branches."),
            new("the longest stage", 5, "That is the longest stage. Some stages have to wait for others."),
            new("without the end", 8, "The last stage comes after that."),
            new("without the beginning", 9, "Nothing can begin before the first stage is done."),
        ],
    };

    /// <summary>The loss of skip-gram with negative sampling at one pair: a function of the word's vector, the
    /// neighbour's, and those of the words drawn instead.</summary>
    public static Exercise<Func<double[], double[], double[][], double>> SkipGramLoss => new(ExerciseKind.Line,
        Difficulty.Medium, Judge.Like<Func<double[], double[], double[][], double>>((w, c, noise) =>
            Softplus(-Product(w, c)) + noise.Sum(n => Softplus(Product(w, n))),
            f => [f([1, 0.5], [0.2, -1], [[0.3, 0.3], [-1, 2]]), f([0, 0], [1, 1], [[1, 2]]), f([2], [1.5], []),
                f([1, -1], [0.5, 0.1], [[1, 1], [-2, 0.5], [0.1, 0]])]))
    {
        Question = "Skip-gram sees a word with vector w beside a word with vector c, and draws words with the vectors "
            + "n as noise. Write its loss at this pair: -ln sigma(w . c), and for each drawn word -ln sigma(-w . n), "
            + "added up. sigma(x) is 1 / (1 + e to the power of -x).",
        Hints = ["Write sigma and the product of two vectors first.", "The true neighbour should have a large product, "
            + "and noise a small one: mind the minus."],
        Misconceptions =
        [
            new("no minus at the noise", (w, c, noise) => Softplus(-Product(w, c)) + noise.Sum(n => Softplus(-Product(w,
                n))), "The noise is treated as if it were true neighbours: its product has the wrong sign."),
            new("sign", (w, c, noise) => -Softplus(-Product(w, c)) - noise.Sum(n => Softplus(Product(w, n))), "A loss "
                + "is not negative here: the minus before the logarithm is missing."),
            new("mean of the noise", (w, c, noise) => Softplus(-Product(w, c)) + noise
                .Select(n => Softplus(Product(w, n))).DefaultIfEmpty().Average(),
                "The noise is added up, and no mean is taken."),
            new("no noise", (w, c, noise) => Softplus(-Product(w, c)), "Without the noise, the best is to make all "
                + "vectors equal and long."),
            new("noise against the neighbour", (w, c, noise) => Softplus(-Product(w, c)) + noise.Sum(n => Softplus(
                Product(c, n))), "The noise is multiplied with the neighbour's vector; it belongs to the word's."),
        ],
    };

    /// <summary>-ln sigma(-x).</summary>
    private static double Softplus(double x) => Math.Log(1 + Math.Exp(x));

    /// <summary>A schedule of the learning rate: a function of what is done of the stage.</summary>
    public static Exercise<Func<double, double>> WarmUp => new(ExerciseKind.Part, Difficulty.Medium,
        Judge.Like<Func<double, double>>(new Schedule { Peak = 1, WarmUp = 0.1, Final = 0.1 }.At,
            f => [f(0), f(0.05), f(0.1), f(0.3), f(0.55), f(0.9), f(1)], 0.015))
    {
        Question = "Write a schedule with peak 1: given the share of the stage that is done, 0 to 1, the rate. It "
            + "rises in a straight line from 0 to the peak over the first tenth, and goes down along half a cosine to "
            + "a tenth of the peak at the end.",
        Hints = ["Two cases: before the first tenth is done, and after.", "Half a cosine goes from 1 to -1 as its "
            + "angle goes from 0 to pi. Shift and squeeze it to go from 1 to the end.", "In the second case, what "
            + "share of the way down is done?"],
        Misconceptions =
        [
            new("no warm-up", x => Down(x, 0.1), "The rate begins at its peak."),
            new("down to nothing", x => x < 0.1 ? x / 0.1 : Down((x - 0.1) / 0.9, 0), "It goes down to nothing, and "
                + "should end at a tenth of the peak."),
            new("a straight line down", x => x < 0.1 ? x / 0.1 : 1 - 0.9 * (x - 0.1) / 0.9, "It goes down in a "
                + "straight line. The cosine is flat at both ends."),
            new("a jump", x => x < 0.1 ? x / 0.1 : Down(x, 0.1), "There is a jump where the warm-up ends: the way down "
                + "begins there and not at 0."),
            new("a whole cosine", x => x < 0.1 ? x / 0.1 : 0.1 + 0.45 * (1 + Math.Cos(2 * Math.PI * (x - 0.1) / 0.9)),
                "The rate comes up again. Half a cosine goes down only."),
        ],
    };

    /// <summary>Half a cosine from 1 down to an end.</summary>
    private static double Down(double done, double end) => end + (1 - end) * 0.5 * (1 + Math.Cos(Math.PI * done));

    /// <summary>A method in two stages: word vectors first, then body and head on frozen ones.</summary>
    public static Exercise<IStrategy> TwoStages => new(ExerciseKind.Part, Difficulty.Hard,
        Judge.Like<IStrategy>(new HierarchicalTraining { HeadShare = 0 },
            strategy => Table(strategy, new(Budget, new(), ShortText)), 0.011))
    {
        Question = "Write a strategy in ten lines: the first fifth of the tokens trains the word vectors by skip-gram, "
            + "with context vectors that are thrown away; the rest trains body and head together on the next word, "
            + "with the word vectors frozen. The head has a matrix of its own.",
        Hints = ["`Build` may change the configuration: `TieHead = false`.",
            "`TemporaryPart.Vectors(\"contexts\", model)` are the context vectors; `new SkipGram(contexts)` uses "
            + "them, and the stage has to train them, too.", "What is not named in a stage stays as it is."],
        Misconceptions =
        [
            new("not frozen", new Written("not frozen", false, 0.2, [true, true, true]), "The word vectors train on in "
                + "the second stage."),
            new("tied", new Written("tied", true, 0.2, [false, true, true]), "The head uses the matrix of the word "
                + "vectors. It should have one of its own."),
            new("body alone", new Written("body alone", false, 0.2, [false, true, false]), "The head is never "
                + "trained."),
            new("wrong shares", new Written("half", false, 0.5, [false, true, true]), "The stages do not have the "
                + "shares of the tokens that were asked for."),
            new("one stage", new Joint(), "There is one stage, in which all parts train."),
            new("a head apart", new HierarchicalTraining(), "The head has a stage of its own; it should train with the "
                + "body."),
            new("random vectors", HierarchicalTraining.RandomVectors with { HeadShare = 0 }, "The word vectors are "
                + "never trained."),
        ],
    };

    /// <summary>Two stages with something else in them.</summary>
    private sealed record Written(string Name, bool Tied, double Words, bool[] Second) : IStrategy
    {
        public Model Build(ModelConfig config, Generator generator) =>
            (config with { TieHead = Tied }).Build(generator);

        public IReadOnlyList<Stage> Stages(Model model, Plan plan)
        {
            var (contexts, words) = (TemporaryPart.Vectors("contexts", model), (long)(Words * plan.Tokens));
            return
            [
                new("word vectors", new SkipGram(contexts), [model.Embedding, contexts], words),
                new("rest", new CausalLm(), [.. model.Parts.Zip(Second).Where(p => p.Second).Select(p => p.First)],
                    plan.Tokens - words),
            ];
        }
    }

    private const int Budget = 1000;
    private const string Nameless = "0000000000000000";

    private static readonly Corpus Words = Corpus.OfDocuments([[2, 3, 4, 5, 6], [4, 3, 2, 6, 5]], 0);
    private static readonly Dataset ShortText = new("text", Nameless, 8, 0, Words, Words);

    /// <summary>A small model with heads for two questions.</summary>
    private static ModelConfig Described => new()
    {
        Vocabulary = ShortText.Vocabulary, Context = 5, Width = 8, Layers = 2, Heads = 2,
        Classes = new Dictionary<string, int> { [Sign] = 2, [Topic] = 2 },
    };

    /// <summary>A method as a table of stages: share of the tokens, objective, and which parts train.</summary>
    private static IEnumerable<double> Table(IStrategy strategy, Plan plan) => TensorCode.Run<IEnumerable<double>>(() =>
    {
        var model = strategy.Build(Described, new Generator());
        if (model is null) return [double.NaN];
        var stages = strategy.Stages(model, plan);
        if (stages is null) return [double.NaN];
        IEnumerable<double> Row(Stage stage) =>
        [
            stage.Tokens / (double)plan.Tokens, stage.Temporary.Count(), stage.Temporary.Count(stage.Train.Contains),
            stage.Aims.Count, stage.Aims.Sum(aim => aim.Objective switch { SkipGram => 1, CausalLm => 2,
                Classification => 3, _ => 4 }), stage.Aims.Count(aim => (aim.Data ?? plan.Goal.Data) == plan.Text),
            .. model.Parts.Concat(model.Heads).Select(part => Trains(stage, part) ? 1.0 : 0),
        ];
        return [model.Config.TieHead ? 1 : 0, stages.Count, .. stages.SelectMany(Row)];
    });

    /// <summary>Whether a part trains, or all that it is made of.</summary>
    private static bool Trains(Stage stage, Part part) => stage.Train.Contains(part)
        || part.Parts.Count > 0 && part.Parts.All(inner => Trains(stage, inner));

    /// <summary>Find the flaw: frozen word vectors beside a unigram model.</summary>
    public static Exercise<Flaw?> FrozenVectors => new(ExerciseKind.Flaw, Difficulty.Medium,
        Judge.Found(Flaw.MissingBaseline))
    {
        Question = "Word vectors are trained by skip-gram and frozen; then a body and a head are trained on them. On "
            + "eight languages the model ends 0.25 nats per word above the truth, a unigram model 1.86. The report "
            + "says: the vectors that skip-gram found carry what the body needs. What is wrong with the comparison?",
        Hints = ["What would the body have done without these vectors?", "Frozen vectors need not be trained ones."],
        Misconceptions =
        [
            new("seeds", Flaw.TooFewSeeds, "Eight languages, and a difference far above any spread."),
            new("units", Flaw.DifferentUnits, "Both are nats per word above the same truth."),
            new("leak", Flaw.Leak, "Nothing is said of test texts that were seen."),
            new("tuning", Flaw.UnequalTuning, "A unigram model has no learning rate to tune, and is no close rival "
                + "anyway."),
        ],
    };

    /// <summary>Find the flaw: the best of many ways to divide the budget.</summary>
    public static Exercise<Flaw?> BestOfSixteen => new(ExerciseKind.Flaw, Difficulty.Medium,
        Judge.Found(Flaw.ChosenAfterwards))
    {
        Question = "Sixteen ways to divide the tokens among three stages are run, each with the same eight seeds, "
            + "text and rates as joint training. The one with the smallest loss on the test texts is 0.01 nats below "
            + "joint training on these test texts. The report says: divided in this way, training in stages beats "
            + "joint training. What is wrong with the comparison?",
        Hints = ["If all sixteen were as good as joint training, what would the best of them look like?",
            "On which texts was the division found, and on which is it reported?"],
        Misconceptions =
        [
            new("text", Flaw.UnequalText, "All of them read the same text."),
            new("seeds", Flaw.TooFewSeeds, "Each has eight seeds. What happened before the number was reported?"),
            new("tuning", Flaw.UnequalTuning, "The rates are the same for all. There is something else of which there "
                + "were many to pick from."),
            new("leak", Flaw.Leak, "No model was trained on the test texts. Who looked at them?"),
        ],
    };

    /// <summary>A training in stages with other shares, rates or parts.</summary>
    public static Exercise<RunRecord> OwnStage => new(ExerciseKind.Training, Difficulty.Medium,
        Judge.Holding<RunRecord>(r => r.Finished, r => r.Stages().Count >= 2, r => Spent(r) is > 0.9 and < 1.1))
    {
        Question = "Change one thing in training by stages: the shares, the rate of the word vectors, what is frozen, "
            + "or the stages themselves. It must still have two stages or more, and spend the budget of the run. Give "
            + "its record. Does it come closer to the truth than before?",
        Hints = ["`new HierarchicalTraining { Freeze = false }` is one.", "The body has what the other two shares "
            + "leave: do they leave anything?"],
        IsUnedited = r => r.Strategy() == $"{new HierarchicalTraining()}",
        Misconceptions =
        [
            Misconception<RunRecord>.When("cut off", r => !r.Finished, "The run did not get to its end."),
            Misconception<RunRecord>.When("one stage", r => r.Stages().Count < 2, "There is one stage, so nothing is "
                + "trained apart."),
            Misconception<RunRecord>.When("too much", r => Spent(r) >= 1.1, "It has read more than the budget: compare "
                + "the sum of the shares with 1."),
            Misconception<RunRecord>.When("too little", r => Spent(r) <= 0.9, "It has read less than the budget: where "
                + "did the rest of the tokens go?"),
        ],
    };

    /// <summary>What a run has read, as a share of its budget.</summary>
    private static double Spent(RunRecord run) => run.Result!.Tokens / (double)run.TrainTokens();

    /// <summary>One part is drawn anew and trained again, and it is another than the head.</summary>
    public static Exercise<RunRecord> PartAgain => new(ExerciseKind.Training, Difficulty.Easy,
        Judge.Holding<RunRecord>(r => r.Finished, r => r.Stages().Contains(Again), r => !Replaces(r, "head")))
    {
        Question = "Replace another part than the head: draw it anew and train it alone, with half of the text. Give "
            + "the record. Before you run it: which part will come back to where the old one was?",
        Hints = ["`new RetrainPart { Part = ... }` takes the name of a part.", "With two layers, one of them can be "
            + "replaced, too: the message about a wrong name lists the right ones."],
        IsUnedited = r => Replaces(r, "head"),
        Misconceptions =
        [
            Misconception<RunRecord>.When("cut off", r => !r.Finished, "The run did not get to its end."),
            Misconception<RunRecord>.When("nothing replaced", r => !r.Stages().Contains(Again), "In this run no part "
                + "was drawn anew."),
        ],
    };

    private const string Again = "again";

    private static bool Replaces(RunRecord run, string part) => run.Strategy().Contains($"Part = {part},");
}
