using LmNotebooks.Models;
using LmNotebooks.Records;

namespace LmNotebooks.Practice;

public static partial class Exercises
{
    /// <summary>How much wider a shared layer may be, and what that costs.</summary>
    public static Exercise<(double Width, double Flops)> WiderLayers => new(ExerciseKind.Number, Difficulty.Medium,
        // as exact as a width that is a whole number of channels
        Judge.Like((Width: Math.Sqrt(3), Flops: 3.0), a => [a.Width, a.Flops], 0.07))
    {
        Question = "Three layers have weights of their own. Three wider layers share one set of weights. How many "
            + "times as wide are they, if their matrices have as many parameters in all? And how many times as many "
            + "FLOPs do the products with these matrices take? (Those of attention's own, between positions, are left "
            + "out.) Give both as multiples, width first.",
        Hints = ["A layer has 12 C² parameters in its matrices.", "A matrix takes two FLOPs per parameter each time "
            + "it is used. How often is the shared one used?"],
        Misconceptions =
        [
            new("width for parameters", (3, 9), "The parameters of a matrix grow with the square of the width."),
            new("as many FLOPs", (Math.Sqrt(3), 1), "The width is right. As many parameters are not as many FLOPs: the "
                + "same weights are used several times."),
            new("FLOPs grow with the width", (Math.Sqrt(3), Math.Sqrt(3)), "The width is right. FLOPs grow with the "
                + "square of it."),
            new("used once", (Math.Sqrt(3), 1.0 / 3), "The width is right. A set of weights that is shared is used "
                + "once for each layer."),
            new("FLOPs squared", (Math.Sqrt(3), 9), "The width is right. The three uses are there in both models."),
            Misconception<(double Width, double Flops)>.When("one is open", a => double.IsNaN(a.Width + a.Flops),
                "One of the two is not answered."),
        ],
    };

    /// <summary>Neighbours share: a list of layers.</summary>
    public static Exercise<int[]> SequencePattern => new(ExerciseKind.Line, Difficulty.Easy,
        Judge.Like<int[]>([.. LayerPattern.Sequence(3, 5)], Seen.Of))
    {
        Question = "Five layers have three sets of weights, as a sequence: neighbours share, and the earlier sets "
            + "serve one layer more where it does not divide evenly. Write for each layer, from 0, the number of the "
            + "first layer that has the same weights.",
        Hints = ["How many layers does each of the three sets serve?", "The list names layers, and not sets: a set is "
            + "called by its first layer."],
        Misconceptions =
        [
            new("numbers of sets", [0, 0, 1, 1, 2], "You number the sets. The list names the first layer of each."),
            new("cycle", [0, 1, 2, 0, 1], "The sets take turns: that is a cycle. In a sequence neighbours share."),
            new("late split", [0, 1, 1, 3, 3], "The later sets serve one layer more; it should be the earlier ones."),
            new("counted from 1", [1, 1, 3, 3, 5], "The layers are counted from 0."),
            new("nothing shared", [0, 1, 2, 3, 4], "Each layer has weights of its own."),
            new("two sets", [0, 0, 0, 3, 3], "There are two sets, and three were asked for."),
        ],
    };

    /// <summary>Sets take turns: a function of the number of sets and of layers.</summary>
    public static Exercise<Func<int, int, int[]>> CyclePattern => new(ExerciseKind.Part, Difficulty.Easy,
        Judge.Like<Func<int, int, int[]>>((sets, layers) => [.. LayerPattern.Cycle(sets, layers)],
            f => [.. Seen.Of(f(2, 4)), .. Seen.Of(f(1, 3)), .. Seen.Of(f(3, 3)), .. Seen.Of(f(3, 7)),
                .. Seen.Of(f(2, 5))]))
    {
        Question = "Write the cycle for any number of sets and layers: the sets take turns. It gives, for each layer "
            + "from 0, the first layer that has the same weights.",
        Hints = ["What comes out for one set, and what for as many sets as layers?", "After as many layers as there "
            + "are sets it begins again."],
        Misconceptions =
        [
            new("sequence", (sets, layers) => [.. LayerPattern.Sequence(sets, layers)], "Neighbours share in yours: "
                + "that is the sequence."),
            new("arguments exchanged", (sets, layers) => [.. Enumerable.Range(0, sets).Select(i => i % layers)], "Sets "
                + "and layers have changed places: the list has one entry for each layer."),
            new("counted from 1", (sets, layers) => [.. Enumerable.Range(0, layers).Select(i => i % sets + 1)], "The "
                + "layers are counted from 0."),
            new("divided", (sets, layers) => [.. Enumerable.Range(0, layers).Select(i => i / sets)], "You divide, so "
                + "neighbours share. To take turns, look at the remainder."),
            new("stops at the last", (sets, layers) => [.. Enumerable.Range(0, layers).Select(i => Math.Min(i, sets
                - 1))], "After the first round all layers use the last set."),
            new("there and back", (sets, layers) => [.. Enumerable.Range(0, layers).Select(i => i / sets % 2 == 0
                ? i % sets : sets - 1 - i % sets)], "Every second round goes backwards."),
        ],
    };

    /// <summary>The first layer has weights of its own, all others share: a function of the model's
    /// description.</summary>
    public static Exercise<Func<ModelConfig, ModelConfig>> FirstLayerApart => new(ExerciseKind.Part, Difficulty.Medium,
        Judge.Like<Func<ModelConfig, ModelConfig>>(c => Shared(c, FirstApart(c.Layers)), LookAtSharing))
    {
        Question = "Write a way of sharing for models of any depth: the first layer has weights of its own, and all "
            + "others have one set together, attention and feed-forward part alike. It takes the description of a "
            + "model and gives the one that shares.",
        Hints = ["Which list is it for four layers? Each layer names the first one that has its weights.",
            "`c with { AttentionOf = ..., FeedForwardOf = ... }`, and the list has `c.Layers` entries.",
            "There are models with one layer."],
        Misconceptions =
        [
            new("attention alone", c => c with { AttentionOf = FirstApart(c.Layers) }, "The feed-forward parts, which "
                + "are most of the weights, are not shared."),
            new("feed-forward alone", c => c with { FeedForwardOf = FirstApart(c.Layers) }, "Attention is not shared."),
            new("all one", c => Shared(c, LayerPattern.Cycle(1, c.Layers)), "The first layer shares, too."),
            new("nothing shared", c => c, "The description comes back as it was."),
            new("the last apart", c => Shared(c, [.. Enumerable.Range(0, c.Layers).Select(l => l < c.Layers - 1 ? 0
                : l)]), "The last layer is apart, and it should be the first."),
            new("first two apart", c => Shared(c, [.. Enumerable.Range(0, c.Layers).Select(l => Math.Min(l, 2))]),
                "Two layers have weights of their own."),
        ],
    };

    private static int[] FirstApart(int layers) => [.. Enumerable.Range(0, layers).Select(layer => Math.Min(layer, 1))];

    private static ModelConfig Shared(ModelConfig c, IReadOnlyList<int> of) =>
        c with { AttentionOf = of, FeedForwardOf = of };

    /// <summary>Which layers share, in models of several depths; null where a layer has its own is the same as the list
    /// that says so.</summary>
    private static IEnumerable<double> LookAtSharing(Func<ModelConfig, ModelConfig> share)
    {
        foreach (var layers in new[] { 3, 1, 2, 5 })
        {
            var made = share(new ModelConfig { Vocabulary = 8, Context = 5, Width = 8, Heads = 2, Layers = layers });
            if (made is null) yield return double.NaN;
            else
                foreach (var seen in Seen.Of(made.Checked().AttentionOf ?? Apart(layers))
                    .Concat(Seen.Of(made.FeedForwardOf ?? Apart(layers))).Append(made.Parameters)) yield return seen;
        }
    }

    private static int[] Apart(int layers) => [.. Enumerable.Range(0, layers)];

    /// <summary>Find the flaw: a shared model against an unshared one of as many parameters.</summary>
    public static Exercise<Flaw?> FreeDepth => new(ExerciseKind.Flaw, Difficulty.Medium,
        Judge.Found(Flaw.UnequalCompute))
    {
        Question = "A model of six layers with one set of weights is set beside a model of one layer, which has as "
            + "many parameters. Both read the same text, with eight seeds, rates found in the same way, and are "
            + "judged on fresh texts. The deep one ends 0.03 nats per word closer to the truth. The report says: "
            + "depth by sharing is free. What is wrong with the comparison?",
        Hints = ["What is held equal, and what is not?", "How often is each weight used for one word?"],
        Misconceptions =
        [
            new("text", Flaw.UnequalText, "Both read the same text."),
            new("tuning", Flaw.UnequalTuning, "The rates were found in the same way."),
            new("seeds", Flaw.TooFewSeeds, "There are eight seeds. Take the number as it is: is it free?"),
            new("baseline", Flaw.MissingBaseline, "The baseline is there; look at what it is given."),
        ],
    };

    /// <summary>A run in which the second and the third layer share.</summary>
    public static Exercise<RunRecord> OwnPattern => new(ExerciseKind.Training, Difficulty.Medium,
        Judge.Holding<RunRecord>(r => r.Finished, r => r.Layers("attentionOf")?.SequenceEqual(FirstApart(3)) == true,
            r => r.Layers("feedForwardOf")?.SequenceEqual(FirstApart(3)) == true))
    {
        Question = "Train a model of three layers whose first layer has weights of its own, and whose second and third "
            + "share everything. Give the record. Does it come closer to the model with weights of its own than "
            + "sharing all does?",
        Hints = ["`new WeightSharing(\"mine\", c => c with { ... })` is a way of sharing.", "Two lists have to be "
            + "given: for attention and for the feed-forward part."],
        IsUnedited = r => r.Layers("attentionOf") is null && r.Layers("feedForwardOf") is null,
        Misconceptions =
        [
            Misconception<RunRecord>.When("cut off", r => !r.Finished, "The run did not get to its end."),
            Misconception<RunRecord>.When("attention alone", r => r.Layers("feedForwardOf") is null, "The feed-forward "
                + "parts are not shared."),
            Misconception<RunRecord>.When("feed-forward alone", r => r.Layers("attentionOf") is null, "Attention is "
                + "not shared."),
            Misconception<RunRecord>.When("another depth", r => r.Layers("attentionOf")!.Count != 3, "The model has "
                + "another number of layers."),
            Misconception<RunRecord>.When("all one", r => r.Layers("attentionOf")!.All(l => l == 0), "The first layer "
                + "shares, too."),
            Misconception<RunRecord>.When("the first two", r => r.Layers("attentionOf")!.SequenceEqual([0, 0, 2]),
                "The first two layers share, and it should be the last two."),
        ],
    };
}
