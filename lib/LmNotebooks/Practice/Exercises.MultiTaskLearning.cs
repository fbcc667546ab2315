using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Practice;

public static partial class Exercises
{
    /// <summary>The goal's share of the steps under sampling with a temperature: a function of its examples, those of
    /// the other task, and the temperature.</summary>
    public static Exercise<Func<double, double, double, double>> SamplingShare => new(ExerciseKind.Number,
        Difficulty.Easy, Judge.Like<Func<double, double, double, double>>(Sampled,
            f => [f(32, 512, 1), f(32, 512, 2), f(32, 512, 5), f(300, 20, 1.5), f(100, 100, 3),
                f(32, 512, 40)]))
    {
        Question = "Two tasks share a model, and a step is for one of them, drawn at random. Under sampling with "
            + "temperature T, the chance of a task is in proportion to the T-th root of the number of its examples. "
            + "Write the share of the steps that the goal gets: a function of its examples, those of the other task, "
            + "and T, in this order.",
        Hints = ["If the temperature is 1, a task with three times the examples gets three times the steps. And if it "
            + "is very high?", "Each task has its root. What must the two shares add up to?"],
        Misconceptions =
        [
            new("proportional", (own, other, _) => own / (own + other), "That is the share at the temperature 1. A "
                + "temperature that divides both numbers cancels."),
            new("equal", (_, _, _) => 0.5, "That is where a very high temperature leads."),
            new("power for root", (own, other, T) => Sampled(own, other, 1 / T), "The larger task gets the more, the "
                + "higher the temperature is. It should be the other way round."),
            new("square root", (own, other, _) => Sampled(own, other, 2), "That is the share at the temperature 2."),
            new("softmax of the numbers", (own, other, T) => 1 / (1 + Math.Exp((other - own) / T)), "Here a hundred "
                + "examples more are nearly everything, with 20 as with 20,000. The ratio of the two should decide."),
            new("the other's share", (own, other, T) => Sampled(other, own, T), "That is the share of the other task."),
            new("the ratio", (own, other, T) => Math.Pow(own / other, 1 / T), "That is how many steps the goal gets "
                + "for one of the other task."),
            new("not shared out", (own, other, T) => Math.Pow(own / (own + other), 1 / T), "The two shares do not add "
                + "up to 1."),
            new("a line between", (own, other, T) => own / (own + other) / T + (1 - 1 / T) / 2, "That goes in a "
                + "straight line from proportional to equal. Take the roots first."),
        ],
    };

    private static double Sampled(double own, double other, double temperature) =>
        1 / (1 + Math.Pow(other / own, 1 / temperature));

    /// <summary>How near one head that learns two tasks comes to the goal's direction: a function of the examples of
    /// both, of how far the tasks agree, and of the noise of an example.</summary>
    public static Exercise<Func<double, double, double, double, double>> SharedHead => new(ExerciseKind.Line,
        Difficulty.Medium, Judge.Like<Func<double, double, double, double, double>>(
            (n, m, alpha, k) => (n + m * alpha) / Math.Sqrt(Length(n, m, alpha) + k * (n + m)),
            f => [f(32, 32, 1, 60), f(32, 512, 0.5, 100), f(16, 64, -1, 20), f(10, 0, 0.3, 5), f(8, 24, 0, 2)]))
    {
        Question = "One head learns a goal and another task. Its direction is a sum over examples. Each example of the "
            + "goal adds the vector v, each of the other task the vector u. Both have the length 1, and their product "
            + "is alpha. Each example also adds noise of its own: a vector of the squared length k, at right angles to "
            + "v, to u and to all other noise. Write the cosine between v and the sum of n examples of the goal and m "
            + "of the other task. The arguments are n, m, alpha and k, in this order. With m = 0 it is what the goal "
            + "reaches alone.",
        Hints = ["A cosine is a product over two lengths. What is the product of v with the sum?",
            "The squared length of a sum: each vector's own, and twice the product of each two. Which of the products "
            + "are 0?"],
        Misconceptions =
        [
            new("no noise", (n, m, alpha, _) => (n + m * alpha) / Math.Sqrt(Length(n, m, alpha)), "Noise makes the sum "
                + "longer, too. Without it nobody would need a second task."),
            new("the product alone", (n, m, alpha, _) => n + m * alpha, "That is the product of v with the sum. How "
                + "long is the sum?"),
            new("lengths added up", (n, m, alpha, _) => (n + m * alpha) / (n + m), "Lengths add up where vectors point "
                + "the same way. These do not."),
            new("tasks at right angles", (n, m, alpha, k) => (n + m * alpha) / Math.Sqrt(n * n + m * m + k * (n + m)),
                "The length of the sum is that of two tasks at right angles. Where they agree it is longer."),
            new("agreement once", (n, m, alpha, k) => (n + m * alpha) / Math.Sqrt(Length(n, m, alpha / 2)
                + k * (n + m)), "In the square of a sum each mixed product stands twice."),
            new("noise in line", (n, m, alpha, k) => (n + m * alpha) / Math.Sqrt(Length(n, m, alpha)
                + k * (n + m) * (n + m)), "The noise of two examples does not point the same way: the squared lengths "
                + "add up, and not the lengths. This is why more examples help."),
            new("noise once", (n, m, alpha, k) => (n + m * alpha) / Math.Sqrt(Length(n, m, alpha) + k), "Each example "
                + "has noise of its own."),
            new("noise of the goal alone", (n, m, alpha, k) => (n + m * alpha) / Math.Sqrt(Length(n, m, alpha)
                + k * n), "The examples of the other task have noise, too."),
            new("k as a length", (n, m, alpha, k) => (n + m * alpha) / Math.Sqrt(Length(n, m, alpha)
                + k * k * (n + m)), "k is squared already."),
            new("no root", (n, m, alpha, k) => (n + m * alpha) / (Length(n, m, alpha) + k * (n + m)), "You divide by "
                + "the square of a length."),
            new("the other task", (n, m, alpha, k) => (m + n * alpha) / Math.Sqrt(Length(n, m, alpha) + k * (n + m)),
                "That is the cosine with u, the direction of the other task."),
        ],
    };

    /// <summary>Squared length of n times a vector of length 1, plus m times another one.</summary>
    private static double Length(double n, double m, double alpha) => n * n + m * m + 2 * n * m * alpha;

    /// <summary>A method in two stages: all tasks but the goal, then the goal.</summary>
    public static Exercise<IStrategy> OthersFirst => new(ExerciseKind.Part, Difficulty.Hard,
        Judge.Like<IStrategy>(new InTurn(), strategy => Turns(strategy, Tasks()), 0.011))
    {
        Question = "Do other tasks help because they are learned together with the goal, or would they help as well if "
            + "they came before? Write the strategy to compare with. Three quarters of the tokens train on all data "
            + "but those of the goal. There, a step is for a data set in proportion to the square root of the number "
            + "of its examples. The rest trains on the goal alone. Each stage trains all that its aims are computed "
            + "with, and nothing else. The model is built as it is described.",
        Hints = ["`plan.Data` is all that there is to learn from. The data of the goal, `plan.Goal.Data`, are among "
            + "them.", "`Aim.For(data)` is the aim of a data set, and `data.Train.Rows` the number of its examples. "
            + "`aim with { Share = ... }` is the same aim with another share of the steps.",
            "`aim.Objective.Uses(model)` is what an aim is computed with. What several of them use is one part."],
        Misconceptions =
        [
            Misconception<IStrategy>.When("together", s => Turns(s, Tasks()).First() < 2, "There is one stage. What "
                + "comes before the goal needs one of its own, or all is learned together."),
            new("the goal among them", new InTurn { Before = plan => plan.Data }, "The data of the goal are among "
                + "`plan.Data`, so the first stage learns the goal, too."),
            new("equal shares", new InTurn { Weight = _ => 1 }, "In the first stage each data set gets as many steps "
                + "as another. A large one should get more."),
            new("proportional", new InTurn { Weight = data => data.Train.Rows }, "In the first stage the steps are in "
                + "proportion to the examples, and not to their root."),
            new("root of the tokens", new InTurn { Weight = data => Math.Sqrt(data.Train.Tokens) }, "The shares come "
                + "from the tokens of the data. They should come from their examples: `Train.Rows`."),
            new("one of them", new InTurn { Before = plan => Others(plan).Take(1) }, "There are more data than one "
                + "beside the goal, and the first stage learns from all of them."),
            new("text alone", new InTurn { Before = plan => [plan.Text] }, "That is pre-training on text. The other "
                + "questions belong to the first stage, too."),
            new("the wrong way round", new InTurn { Share = 0.25 }, "The goal has three quarters of the tokens. It "
                + "should have the rest."),
            new("everything", new InTurn { First = (model, _) => model.Parts.Concat(model.Heads) }, "The head of the "
                + "goal is named in the first stage, where nothing is computed with it."),
            new("without heads", new InTurn { First = (model, _) => model.Readers }, "In the first stage the heads of "
                + "the other tasks stay as they were drawn."),
            new("the head of words", new InTurn { First = (model, _) => model.Parts }, "In the first stage a question "
                + "is answered by a head of its own, and not by the one that predicts words."),
            new("a probe", new InTurn { Last = uses => uses.TakeLast(1) }, "In the last stage, only the head of the "
                + "goal trains."),
            Misconception<IStrategy>.When("one after another", s => Turns(s, Tasks()).First() > 2, "The other tasks "
                + "take turns in one stage. A stage for each, and the model forgets the first of them."),
        ],
    };

    private const string Topic = "topic";

    /// <summary>A plan with a goal, a larger task beside it, and a plain text.</summary>
    private static Plan Tasks()
    {
        var goal = Answered(Sign, 3);
        return new(Budget, new(), new(new Classification(Sign), goal), [Answered(Topic, 18), goal, ShortText]);
    }

    private static IEnumerable<Dataset> Others(Plan plan) => plan.Data.Except([plan.Goal.Data!]);

    /// <summary>A method as a table of stages: their number, and of each its share of the tokens, the share of its
    /// steps that each data set has for what it is there for, and which parts train.</summary>
    private static IEnumerable<double> Turns(IStrategy strategy, Plan plan) => TensorCode.Run<IEnumerable<double>>(() =>
    {
        var model = strategy.Build(Described, new Generator());
        if (model is null || strategy.Stages(model, plan) is not { } stages) return [double.NaN];
        double Steps(Stage stage, Dataset data) => stage.Aims.Where(aim => (aim.Data ?? plan.Goal.Data) == data
            && aim.Objective.Name == Aim.For(data).Objective.Name).Sum(aim => aim.Share)
            / stage.Aims.Sum(aim => aim.Share);
        IEnumerable<double> Row(Stage stage) =>
        [
            stage.Tokens / (double)plan.Tokens, .. plan.Data.Select(data => Steps(stage, data)),
            .. model.Parts.Concat(model.Heads).Select(part => Trains(stage, part) ? 1.0 : 0),
        ];
        return [stages.Count, .. stages.SelectMany(Row)];
    });

    /// <summary>The other tasks and then the goal, or something else in these two stages.</summary>
    private sealed record InTurn : IStrategy
    {
        public string Name => "in turn";
        public double Share { get; init; } = 0.75;
        public Func<Dataset, double> Weight { get; init; } = data => Math.Sqrt(data.Train.Rows);
        public Func<Plan, IEnumerable<Dataset>> Before { get; init; } = Others;
        public Func<Model, IEnumerable<Part>, IEnumerable<Part>> First { get; init; } = (_, uses) => uses;
        public Func<IReadOnlyList<Part>, IEnumerable<Part>> Last { get; init; } = uses => uses;

        public Model Build(ModelConfig config, Generator generator) => config.Build(generator);

        public IReadOnlyList<Stage> Stages(Model model, Plan plan)
        {
            Aim[] aims = [.. Before(plan).Select(data => Aim.For(data) with { Share = Weight(data) })];
            var (uses, before) = (aims.SelectMany(aim => aim.Objective.Uses(model)), (long)(Share * plan.Tokens));
            return
            [
                new("others", aims, [.. First(model, uses)], before),
                new("goal", [plan.Goal], [.. Last(plan.Goal.Objective.Uses(model))], plan.Tokens - before),
            ];
        }
    }

    /// <summary>Find the flaws of four reports on many tasks.</summary>
    public static Exercise<(Flaw? A, Flaw? B, Flaw? C, Flaw? D)> FourGains => new(ExerciseKind.Flaw, Difficulty.Medium,
        Found(Flaw.UnequalText, Flaw.UnequalTuning, Flaw.HiddenInMean, Flaw.UnequalCompute))
    {
        Question = "Four reports on several tasks in one model, each on eight languages, and each with a flaw of its "
            + "own. (A) A second task with 2,000 texts is said to help because its answers agree with those of the "
            + "goal. In the control its answers are permuted. To be quick, the control has 100 of the 2,000 texts, and "
            + "makes as many steps. (B) For a model of six tasks, the rate and the weights of the six losses are "
            + "searched in forty runs, on texts kept apart for it. Six models of one task each, which are said to be "
            + "worse, train with the rate that it found. (C) Six tasks are learned together, and each alone with as "
            + "many steps. The mean of the six gains is 2 points of accuracy, with an interval from 1 to 3. The report "
            + "says: whoever needs one of the six should learn all. (D) Six questions are asked about the same texts. "
            + "PCGrad computes a gradient for each of them, the plain sum of the losses one for all. With as many "
            + "steps, and with rates searched in the same way, PCGrad is 0.3 points better at each question in each "
            + "language. The report says: this comes at no cost. Which flaw has each?",
        Hints = ["A: a control should differ in one thing. In what does this one differ?", "B: how often has somebody "
            + "tried to make each of the models better?", "C and D: the numbers are right. Do they carry what the "
            + "report says?"],
        Misconceptions =
        [
            PartOpen,
            When("A and D exchanged", r => r is (Flaw.UnequalCompute, _, _, Flaw.UnequalText), "In one of A and D both "
                + "make as many steps of the same cost, in the other both read the same."),
            When("no control in A", r => r.A is Flaw.MissingBaseline, "Report A: the control is there. What is it "
                + "given?"),
            When("report A", r => r.A != Flaw.UnequalText, "Report A: besides the order of the answers, something else "
                + "is not the same in the control."),
            When("chosen in B", r => r.B is Flaw.ChosenAfterwards or Flaw.Leak, "Report B: the search has texts of its "
                + "own, so nothing is wrong with it. Who had none?"),
            When("report B", r => r.B != Flaw.UnequalTuning, "Report B: is the best rate of six tasks the best of one? "
                + "Reviews of such methods found that plain rivals, treated with the same care, are as good."),
            When("report C", r => r.C != Flaw.HiddenInMean, "Report C: six gains of which one is -4 can have this "
                + "mean. Who needs that task?"),
            When("report D", r => r.D != Flaw.UnequalCompute, "Report D: both make as many steps. What is in a step?"),
        ],
    };
}
