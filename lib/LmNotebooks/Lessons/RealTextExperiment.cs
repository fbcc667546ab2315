using LmNotebooks.Experiments;
using LmNotebooks.Models;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Notebooks 02 and 04 on a real text: the six of their contrasts that need no truth, and how much text a
/// Transformer needs to be better than counting.</summary>
public static class RealTextExperiment
{
    /// <summary>All that a seed's part of the text has at <see cref="Scale.Laptop"/>, as a share of the scale's
    /// text.</summary>
    private const double Share = 0.29;

    /// <summary>How often a model reads its text: once would be the beginning of a training. With twice, the
    /// records keep within the budget of one notebook.</summary>
    private const int Passes = 2;

    /// <summary>With so much less text, joint training has as many FLOPs as training part after part: there word
    /// vectors and head cost less a token.</summary>
    private const double EqualFlops = 0.7;

    private const int Depth = 3;

    /// <summary>One layer has as many calculations as three of width 1 then, and one set of weights as many parameters
    /// as three: with the vectors of all tokens, which here are more than in notebook 08.</summary>
    private const double Wide = 1.5;

    private const string Together = "joint", Staged = "hierarchical", TogetherFlops = "joint, equal FLOPs",
        SkipGram = "skip-gram vectors, frozen", Random = "random vectors, frozen", Unshared = "unshared",
        Shared = "all shared", SharedWide = "all shared, wide", OneWideLayer = "one wide layer";

    private static readonly int[] TestSeeds = [.. Enumerable.Range(21, 8)], Spare = [29, 30];

    /// <summary>Multiples of a seed's part.</summary>
    private static readonly int[] Texts = [1, 2, 4, 8];

    public static Experiment Definition { get; } =
        new("real-text", "Does it carry over to real text?", new RealTexts([1, 2], [.. TestSeeds, .. Spare]),
        [
            .. Judged,
            .. Texts[1..].Select(text => Apart(Name(Together, text), new Joint(), text) with
                { Gallery = true, TunedAs = Together }),
            .. from order in new[] { 2, 3, 4 }
               from text in Texts
               select new Counted(Name($"Kneser-Ney {order}-gram", text), order)
               {
                   Smoothing = Smoothing.KneserNey, Gallery = true, At = scale => With(scale, text),
               },
        ],
        [
            Lower("better", "Given the same text, training part after part comes to a lower loss than joint training.",
                Staged, Together),
            Lower("better, equal FLOPs",
                "Given the same calculations, it comes to a lower loss than joint training.", Staged, TogetherFlops),
            Lower("words", "Word vectors trained by skip-gram are better to build on than random ones.", SkipGram,
                Random),
            Lower("same depth", "Layers that share all weights come to a lower loss than layers of their own, which "
                + "calculate as much.", Shared, Unshared),
            Lower("same parameters, wide", "With the same parameters, wide layers that share them come to a lower loss "
                + "than narrow layers of their own.", SharedWide, Unshared),
            Lower("same calculations", "With the same calculations, three shared layers come to a lower loss than one "
                + "wide one.", Shared, OneWideLayer),
        ])
    {
        Seeds = TestSeeds,
    };

    /// <remarks>The shares of stages are not tuned: with others, FLOPs would no longer be equal, and on seed 1 a staged
    /// model is worse with less and with more for words and head.</remarks>
    private static IReadOnlyList<Arm> Judged =>
    [
        Apart(Together, new Joint()),
        Apart(Staged, new HierarchicalTraining()) with { Choices = [HierarchicalExperiment.WordRate] },
        Apart(TogetherFlops, new Joint(), EqualFlops),
        Apart(SkipGram, new HierarchicalTraining { HeadShare = 0 }) with
            { Choices = [HierarchicalExperiment.WordRate] },
        Apart(Random, new HierarchicalTraining { WordShare = 0, HeadShare = 0 }),
        Sharing(Unshared, new Joint()), Sharing(Shared, WeightSharing.AlbertAll),
        Sharing(SharedWide, WeightSharing.AlbertAll, width: Wide),
        Sharing(OneWideLayer, new Joint(), layers: 1, width: Wide),
    ];

    private static Hypothesis Lower(string name, string claim, string arm, string baseline) =>
        new(name, claim, arm, baseline) { Measure = Experiment.Loss };

    /// <summary>As in notebook 06: the head has a matrix of its own, since a staged model cannot tie it.</summary>
    private static Trained Apart(string name, IStrategy strategy, double text = 1) => new(name, strategy)
    {
        Size = c => c with { TieHead = false }, At = scale => With(scale, Passes * text), Passes = Passes,
    };

    /// <summary>As in notebook 08.</summary>
    private static Trained Sharing(string name, IStrategy strategy, int layers = Depth, double width = 1) =>
        new(name, strategy)
    {
        Size = c => c with { Layers = layers, Width = (int)(width * c.Width) }, At = scale => With(scale, Passes),
        Passes = Passes,
    };

    /// <param name="text">What is read, as a multiple of a seed's part.</param>
    private static Scale With(Scale scale, double text) =>
        scale with { TrainTokens = (long)(text * Share * scale.TrainTokens) };

    private static string Name(string arm, int text) => text == 1 ? arm : $"{arm}, text x {text}";
}
