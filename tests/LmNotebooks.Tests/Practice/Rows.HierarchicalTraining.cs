using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Practice;
using LmNotebooks.Strategies;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Practice;

internal static partial class Rows
{
    private static IEnumerable<Row> InStages()
    {
        yield return Row.Of(Exercises.StageCosts, (3, 2, 2),
            [(1 + 1 + 1, 1 + 1, 1 + 1), (3.0, 2.0, 2.0), (6 / 2.0, 2, 2)],
            [(2, 3, 2), (2, 2, 3), (3, 3, 1), (4, 2, 1), (7, 0, 0), (3, 2, 1), (3, 3, 2), (2, 1, 1),
                (3, double.NaN, 2)],
            [(double.NaN, double.NaN, double.NaN)], "3, 2, 2", "three times", "(3", "twice");
        yield return Row.Of(Exercises.CriticalPath, 12, [12.0, 3 + Math.Max(5, 2) + 4, 14 - 2],
            [14, 9, 5, 8, 3.5, 11, 13], [double.NaN]);
        yield return Row.Of(Exercises.SkipGramLoss, (w, c, noise) => Surprise(Dot(w, c)) + noise.Sum(n =>
                Surprise(-Dot(w, n))),
            [(w, c, noise) => -Math.Log(S(Dot(w, c)) * noise.Aggregate(1.0, (all, n) => all * S(-Dot(w, n)))),
                (w, c, noise) => -Math.Log(S(Dot(w, c))) - noise.Sum(n => Math.Log(1 - S(Dot(w, n)))),
                (w, c, noise) =>
                {
                    var loss = Math.Log(1 + Math.Exp(-Dot(w, c)));
                    foreach (var n in noise) loss += Math.Log(1 + Math.Exp(Dot(w, n)));
                    return loss;
                }],
            [(w, c, noise) => Surprise(Dot(w, c)) + noise.Sum(n => Surprise(Dot(w, n))),
                (w, c, noise) => Surprise(Dot(w, c)), (w, c, noise) => -Surprise(Dot(w, c)) - noise.Sum(n =>
                    Surprise(-Dot(w, n))),
                (w, c, noise) => Surprise(Dot(w, c))
                    + noise.Select(n => Surprise(-Dot(w, n))).DefaultIfEmpty().Average(),
                (w, c, noise) => Surprise(Dot(w, c)) + noise.Sum(n => Surprise(-Dot(c, n))),
                (w, c, noise) => Surprise(Dot(w, c)) - noise.Sum(n => Surprise(-Dot(w, n))),
                (w, c, noise) => (Surprise(Dot(w, c)) + noise.Sum(n => Surprise(-Dot(w, n)))) / (1 + noise.Length)],
            [null, (w, c, noise) => double.NaN], "Math.Log", "Sum(");
        yield return Row.Of(Exercises.WarmUp,
            x => x < 0.1 ? x / 0.1 : 0.1 + 0.9 * 0.5 * (1 + Math.Cos(Math.PI * (x - 0.1) / 0.9)),
            [x => x < 0.1 ? 10 * x : 0.55 + 0.45 * Math.Cos(Math.PI * (x - 0.1) / 0.9),
                x => Math.Min(10 * x, 0.1 + 0.9 * Math.Pow(Math.Cos(Math.PI / 2 * Math.Max(0, x - 0.1) / 0.9), 2)),
                x => new Schedule { Peak = 1, WarmUp = 0.1, Final = 0.1 }.At(x),
                x => x <= 0.1 ? x / 0.1 : 1 - 0.45 * (1 - Math.Cos(Math.PI * (x - 0.1) / 0.9))],
            [x => 0.1 + 0.45 * (1 + Math.Cos(Math.PI * x)), x => x < 0.1 ? 10 * x : 0.5 * (1 + Math.Cos(Math.PI * (x
                    - 0.1) / 0.9)),
                x => x < 0.1 ? 10 * x : 1 - (x - 0.1), x => x < 0.1 ? 10 * x : 1,
                x => x < 0.1 ? 10 * x : 0.1 + 0.45 * (1 + Math.Cos(Math.PI * x)), x => 1,
                x => x < 0.1 ? 10 * x : 0.1 + 0.45 * (1 + Math.Cos(2 * Math.PI * (x - 0.1) / 0.9))],
            [null, x => double.NaN], "0.45", "0.9 *", "(x - 0.1)");
        yield return Row.Of(Exercises.TwoStages, new Mine(),
            [new HierarchicalTraining { HeadShare = 0 }, new Mine { InLayers = true }, new Mine { Backwards = true },
                new Mine { Way = 0.205 }],
            [new Joint(), new HierarchicalTraining(), new Mine { Thaw = true }, new Mine { Tied = true },
                new Mine { Way = 0.5 }, new Mine { NoHead = true }, new Mine { NoContexts = true },
                new HierarchicalTraining { WordShare = 0, HeadShare = 0 }, new GreedyLayerwise()],
            [null!, new Nothing()], "[model.Embedding", "model.Body, model.Head");
        yield return Found(Exercises.FrozenVectors, Flaw.MissingBaseline);
        yield return Found(Exercises.BestOfSixteen, Flaw.ChosenAfterwards);
        var (stages, thawed) = (new[] { "word vectors", "body", "head" }, new HierarchicalTraining { Freeze = false });
        yield return Row.Of(Exercises.OwnStage, Ran($"{thawed}", stages: stages, read: 20_400),
            [Ran($"{HierarchicalTraining.RandomVectors}", stages: stages[1..]),
                Ran($"{new HierarchicalTraining { WordShare = 0.1 }}", stages: stages, read: 20_600),
                Ran("Mine { Name = mine }", stages: ["first", "second"], read: 19_900)],
            [Ran($"{new HierarchicalTraining { WordShare = 0.8, HeadShare = 0.4 }}", stages: [stages[0], stages[2]],
                    read: 24_000),
                Ran($"{new Joint()}"), Ran($"{thawed}", stages: stages, finished: false),
                Ran($"{thawed}", stages: stages, read: 12_000), Ran("Mine { Name = mine }", stages: ["first", "second"],
                    read: 40_000)],
            [null, Ran($"{new HierarchicalTraining()}", stages: stages)], "WordShare = 0.1");
        string[] twice = ["joint", "again"];
        yield return Row.Of(Exercises.PartAgain, Ran($"{new RetrainPart { Part = "embedding" }}", stages: twice),
            [Ran($"{new RetrainPart { Part = "body" }}", stages: twice),
                Ran($"{new RetrainPart { Part = "body layer 1" }}", stages: twice),
                Ran($"{new RetrainPart { Part = "embedding", Freeze = false }}", stages: twice, seed: 5)],
            [Ran($"{new Joint()}"), Ran($"{new HierarchicalTraining()}", stages: stages),
                Ran($"{new RetrainPart { Part = "body" }}", stages: twice, finished: false),
                Ran($"{new RetrainPart { Part = "body" }}"), Ran("Mine { Name = mine }", stages: ["joint", "once "
                    + "more"])],
            [null, Ran($"{new RetrainPart { Part = "head" }}", stages: twice)], "Part = \"body\"", "Part = body");
    }

    private static double Surprise(double product) => Math.Log(1 + Math.Exp(-product));

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private sealed record Nothing : IStrategy
    {
        public string Name => "nothing";
        public Model Build(ModelConfig config, Generator generator) => config.Build(generator);
        public IReadOnlyList<Stage> Stages(Model model, Plan plan) => null!;
    }

    /// <summary>Word vectors, then body and head, in several ways to write it, and with several faults.</summary>
    private sealed record Mine : IStrategy
    {
        public string Name => "mine";
        public bool InLayers { get; init; }
        public bool Backwards { get; init; }
        public bool Thaw { get; init; }
        public bool Tied { get; init; }
        public bool NoHead { get; init; }
        public bool NoContexts { get; init; }
        public double Way { get; init; } = 0.2;

        public Model Build(ModelConfig config, Generator generator) =>
            (config with { TieHead = Tied }).Build(generator);

        public IReadOnlyList<Stage> Stages(Model model, Plan plan)
        {
            var contexts = TemporaryPart.Vectors("near", model);
            var words = (long)(Way * plan.Tokens);
            List<Part> rest =
            [
                .. InLayers ? model.Body.Parts : [model.Body], .. NoHead ? [] : new Part[] { model.Head },
                .. Thaw ? new Part[] { model.Embedding } : [],
            ];
            if (Backwards) rest.Reverse();
            return
            [
                new("vectors", new SkipGram(contexts),
                    NoContexts ? [model.Embedding] : [contexts, model.Embedding], words),
                new("rest", new CausalLm(), rest, plan.Tokens - words) { Schedule = plan.Schedule },
            ];
        }
    }
}
