using LmNotebooks.Experiments;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 06: parts trained apart against all of them together, at three widths, and a body that is
/// replaced.</summary>
public static class HierarchicalExperiment
{
    /// <summary>Two thirds of the scale's text, so that all its records can be made again within the budget of one
    /// notebook.</summary>
    private const double Share = 2.0 / 3;

    /// <summary>With so many times the text, training part after part has about as many FLOPs as joint training: word
    /// vectors and head cost less a token.</summary>
    private const double More = 1.45;

    /// <summary>Seeds of the pair of widths: the slope is small beside what seeds differ by.</summary>
    private const int WideSeeds = 16;

    private const string Joint = "joint", Staged = "hierarchical", StagedMore = "hierarchical, more text",
        Greedy = "greedy layer by layer", SkipGram = "skip-gram vectors, frozen", Random = "random vectors, frozen",
        Narrow = ", narrow", Wide = ", wide", Scratch = "from scratch", Replaced = "body replaced, interface ";

    /// <summary>The interfaces behind which a body is replaced.</summary>
    private static readonly (string Name, FrozenInterface Strategy, double Text)[] Interfaces =
    [
        ("in stages", new() { FirstLayers = 1, Staged = new HierarchicalTraining() }, 1.5),
        ("joint", new() { FirstLayers = 1 }, 1.5), ("random", new() { InterfaceShare = 0 }, 0.75),
    ];

    public static Experiment Definition { get; } =
        new("hierarchical", "Can the parts of a language model be trained apart, and be replaced?", new Texts("base"),
        [
            .. Judged, .. Replacing, .. Widths, .. Trend.ArmsOf(Judged),
            .. Interfaces.Select(i => Counted($"{Replaced}{i.Name}, thawed", i.Strategy with { Freeze = false }, i.Text)
                with { Gallery = true, Repeats = 8, TunedAs = Replaced + i.Name }),
            Shown("hierarchical, thawed", new HierarchicalTraining { Freeze = false }, Staged),
            Shown("vectors of a joint model, frozen", new RetrainPart { Part = "embedding", Keep = true }, Joint, 2)
                with { Repeats = 8 },
            Shown("skip-gram vectors of a text of their own, frozen", SkipGramVectors with { WordShare = 0.5 }, Random,
                2) with { Repeats = 8 },
            Shown("joint, subwords", new Joint(), Joint) with { Subwords = true },
            Shown("skip-gram of subwords, frozen", SkipGramVectors, SkipGram) with { Subwords = true },
        ],
        [
            new("faster",
                "Trained part after part, a model reaches the final excess of joint training with fewer calculations.",
                StagedMore, Joint) { Target = new(Joint, Spending.Flops) },
            new("better", "Given the same text, it comes closer to the truth than joint training.", Staged, Joint),
            new("layers", "Trained layer by layer, a model comes closer to the truth than by joint training, given the "
                + "same text.", Greedy, Joint),
            new("words", "Word vectors trained by skip-gram are better to build on than random ones.", SkipGram,
                Random),
            new("scaling", "The distance of a model trained part after part from joint training shrinks as models "
                + "become wider.", Staged + Wide, Staged + Narrow) { Less = (Joint + Wide, Joint + Narrow) },
            new("replacing",
                "A deeper body, behind an interface that was trained part after part, needs less text than a model of "
                + "its depth from scratch.", Replaced + "in stages", Scratch)
                { Target = Target.Replacement(Spending.Tokens) },
        ]);

    private static HierarchicalTraining SkipGramVectors => new() { HeadShare = 0 };

    private static IReadOnlyList<Arm> Judged =>
    [
        Arm(Joint, new Joint()),
        Arm(Staged, new HierarchicalTraining()) with { Choices = [Shares, WordRate] },
        Arm(StagedMore, new HierarchicalTraining(), text: More) with { Choices = [Shares, WordRate] },
        Arm(Greedy, new GreedyLayerwise()) with { Choices = [Growth] },
        Arm(SkipGram, SkipGramVectors) with { Choices = [Words, WordRate] },
        Arm(Random, new HierarchicalTraining { WordShare = 0, HeadShare = 0 }),
    ];

    private static IReadOnlyList<Arm> Replacing =>
    [
        .. Interfaces.Select(i => Counted(Replaced + i.Name, i.Strategy, i.Text)),
        Counted(Scratch, new Joint(), text: 1.25),
    ];

    private static IEnumerable<Arm> Widths =>
        from width in new[] { (Name: Narrow, Factor: 0.5), (Wide, 2) }
        from arm in new[] { Arm(Joint + width.Name, new Joint(), width.Factor),
            Arm(Staged + width.Name, new HierarchicalTraining(), width.Factor) with { Choices = [Shares, WordRate] } }
        select arm with { Repeats = WideSeeds };

    private static Choice Shares => Choice.Among("shares of words and head", (arm, shares) => With(arm, s =>
        s with { WordShare = shares.Item1, HeadShare = shares.Item2 }), (0.2, 0.2), (0.1, 0.1), (0.3, 0.1));

    private static Choice Words => Choice.Among("share of the words", (arm, share) => With(arm, s =>
        s with { WordShare = share }), 0.2, 0.1, 0.4);

    internal static Choice WordRate => Choice.Among("rate of the words", (arm, rate) => With(arm, s =>
        s with { WordRate = rate }), 1.0, 0.5, 2);

    private static Choice Growth => Choice.Among("growth of the layers' shares", (arm, growth) =>
        ((Trained)arm) with { Strategy = new GreedyLayerwise { Growth = growth } }, 1.0, 0.5, 2);

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

    private static Trained Shown(string name, IStrategy strategy, string tunedAs, double text = 1) =>
        Arm(name, strategy, text: text) with { Gallery = true, TunedAs = tunedAs };

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
