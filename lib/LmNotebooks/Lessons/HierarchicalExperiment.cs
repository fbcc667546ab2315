using LmNotebooks.Experiments;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 02: parts trained apart against all of them together, at three widths, and a body that is
/// replaced.</summary>
public static class HierarchicalExperiment
{
    /// <summary>Four fifths of the scale's text, so that all its records can be made again within the budget of one
    /// notebook.</summary>
    private const double Share = 0.8;

    /// <summary>With so many times the text, training part after part has as many FLOPs as joint training: word vectors
    /// and head cost less a token.</summary>
    private const double EqualFlops = 1.45;

    private static readonly HierarchicalTraining SkipGramVectors = new() { HeadShare = 0 },
        RandomVectors = new() { WordShare = 0, HeadShare = 0 };

    public static Experiment Definition { get; } =
        new("hierarchical", "Can the parts of a language model be trained apart, and be replaced?", new Texts("base"),
        [
            Arm("joint", new Joint()), Arm("hierarchical", new HierarchicalTraining()),
            Arm("skip-gram vectors, frozen", SkipGramVectors), Arm("random vectors, frozen", RandomVectors),
            Arm("joint, narrow", new Joint(), 0.5), Arm("hierarchical, narrow", new HierarchicalTraining(), 0.5),
            Arm("joint, wide", new Joint(), 2), Arm("hierarchical, wide", new HierarchicalTraining(), 2),
            Arm("hierarchical, equal FLOPs", new HierarchicalTraining(), text: EqualFlops),
            Counted("body replaced", new FrozenInterface { FirstLayers = 1 }, text: 1.5),
                Counted("from scratch", new Joint(), text: 1.25),
            Arm("greedy layer by layer", new GreedyLayerwise()) with { Gallery = true },
            Arm("hierarchical, thawed", new HierarchicalTraining { Freeze = false }) with { Gallery = true },
            Arm("random interface", new FrozenInterface { InterfaceShare = 0 }) with { Gallery = true },
            Arm("joint, subwords", new Joint()) with { Gallery = true, Subwords = true },
            Arm("skip-gram of subwords, frozen", SkipGramVectors) with { Gallery = true, Subwords = true },
        ],
        [
            new("faster",
                "Trained part after part, a model reaches the final excess of joint training with fewer calculations.",
                "hierarchical, equal FLOPs", "joint")
                { Target = new("joint", Spending.Flops) },
            new("better", "Given the same text, it comes closer to the truth than joint training.", "hierarchical",
                "joint"),
            new("better, equal FLOPs",
                "Given the same calculations, it comes closer to the truth than joint training.",
                "hierarchical, equal FLOPs", "joint"),
            new("words", "Word vectors trained by skip-gram are better to build on than random ones.",
                "skip-gram vectors, frozen", "random vectors, frozen"),
            new("scaling", "Its distance from joint training shrinks as models become wider.", "hierarchical, wide",
                "hierarchical, narrow")
                { Less = ("joint, wide", "joint, narrow") },
            new("replacing",
                "A deeper body, behind the interface that is there, needs less text than a model of its depth from "
                + "scratch.",
                "body replaced", "from scratch") { Target = Target.Replacement(Spending.Tokens) },
        ]) { Seeds = [.. Enumerable.Range(11, 8)] };

    /// <summary>The rate of the word vectors, where it is tuned.</summary>
    internal static Choice WordRate => Choice.Among("rate of the words", (arm, rate) => With(arm, s =>
        s with { WordRate = rate }), 1.0, 0.5, 2);

    private static Arm With(Arm arm, Func<HierarchicalTraining, HierarchicalTraining> set) =>
        (Trained)arm with { Strategy = set((HierarchicalTraining)((Trained)arm).Strategy) };

    /// <summary>The head has a matrix of its own in all arms: a staged model cannot tie it.</summary>
    /// <param name="text">As a multiple of the other arms'.</param>
    private static Trained Arm(string name, IStrategy strategy, double width = 1, double text = 1) =>
        new(name, strategy)
    {
        Size = c => c with { TieHead = false, Width = (int)(width * c.Width) },
        At = scale => scale with { TrainTokens = (long)(text * Share * scale.TrainTokens) },
    };

    /// <summary>At a constant rate in the last stage, and evaluated often, to count what it costs to come
    /// somewhere.</summary>
    private static Trained Counted(string name, IStrategy strategy, double text)
    {
        var arm = Arm(name, strategy, text: text);
        return arm with
        {
            At = scale => arm.At(scale) with
            {
                Options = scale.Options with { Evaluations = 50 }, Schedule = strategy is Joint
                    ? scale.Schedule with { Final = 1 } : scale.Schedule,
            },
        };
    }
}
