using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Objectives;
using LmNotebooks.Questions;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 07: a model that learned from text, and then from few answers, against one that has the answers
/// alone, and others that learned less from the text.</summary>
public static class PretrainingExperiment
{
    /// <summary>How often few answers are read, and how often many are.</summary>
    private const int Epochs = 20, FewEpochs = 10;

    /// <summary>Answers at the scale of the statements, in 16 sets of 32.</summary>
    private const int Answers = 512;

    /// <summary>A text is read twice at once by the permutation LM: it gets as much of it as the same FLOPs
    /// allow.</summary>
    private const double TwoStreams = 0.525;

    internal const string Scratch = "scratch", Pretrained = "BERT", Causal = "GPT", Words = "skip-gram vectors",
        Shuffled = "BERT on shuffled text", Counts = "bag of words";

    public static Experiment Definition { get; } = new("pretraining",
        "Does a model that has learned from text need fewer answers?", World(1),
        [
            From(Scratch), .. FromText, OfCounts,
            .. new[] { 8, 64, 128, 512, 2048 }.Select(answers => From($"{Scratch}, {answers} answers", answers)),
            .. Trend.ArmsOf(FromText),
            .. new[] { 6, 2 }.Select(k => Arm($"XLNet, last 1/{k}",
                Bert with { Pretraining = new PermutationLm { K = k } },
                text: TwoStreams) with { Gallery = true, TunedAs = Pretrained, Choices = [TextRate] }),
            Arm("BERT, all words hidden", Bert with { Pretraining = new MaskedLm { Hidden = 1, Random = 0 } }) with
                { Gallery = true, TunedAs = Pretrained, Choices = [TextRate] },
            Arm("BERT, head alone", Bert with { Probe = true, Epochs = 5 * Epochs }) with { Gallery = true },
        ],
        [
            Accuracy("pre-training",
                "Pre-trained on text, a model answers more questions rightly after 32 answers than "
                + "one that has only these.", Scratch),
            Accuracy("body", "It answers more rightly than one of which only the word vectors were pre-trained.",
                Words),
            Accuracy("order",
                "It answers more rightly than one that was pre-trained on the same texts with their words "
                + "in random order.", Shuffled),
            Accuracy("objective", "Pre-trained to fill holes, a model answers more rightly than pre-trained to predict "
                + "the next word, at equal FLOPs.", Causal),
            Accuracy("labels", "With 32 answers it is more often right than a model without pre-training with 64.",
                Scratch + ", 64 answers"),
            Accuracy("words", "It answers more rightly than a logistic regression on the words of the text.", Counts),
        ])
    {
        Measurements = [AnswerMeasurements.OfAccuracy],
    };

    /// <summary>A question whose score agrees with what the distribution of the words shows, to this degree.</summary>
    internal static IWorld World(double agreement) => new Labels("labels",
        [new(FormattableString.Invariant($"sign, phi {agreement}").Replace('.', ','),
            (language, seed) => SignLabel.Of(language, agreement, seed))]);

    /// <summary>Arms that learn from the same text, and then from 32 answers. All but the causal one read texts
    /// whole.</summary>
    private static IReadOnlyList<Arm> FromText =>
    [
        OfBert, Arm(Causal, Bert with { Pretraining = new CausalLm() }) with { Choices = [TextRate] },
        Arm(Words, Vectors) with { Choices = [WordRate] },
        Arm(Shuffled, Bert) with { ShuffledWords = true, Choices = [TextRate] },
    ];

    internal static FineTuned OfBert => Arm(Pretrained, Bert) with { Choices = [TextRate] };

    internal static WordCounts OfCounts => new(Counts, Lingua.Preset("labels", 1).Words.ToList().IndexOf("not"))
        { At = scale => scale with { TrainTokens = 1 } };

    private static PretrainThenFineTune Bert => new()
    {
        Pretraining = new MaskedLm(), PretrainingShare = 1, PretrainingRate = 3e-3, Epochs = Epochs,
    };

    private static WordVectorsThenFineTune Vectors => new() { ReadsWhole = true, WordRate = 1.2e-2, Epochs = Epochs };

    private static Choice TextRate => Choice.Among("rate of pre-training", (arm, rate) => With(arm,
        (PretrainThenFineTune)((FineTuned)arm).Strategy with { PretrainingRate = rate }), 3e-3, 1.5e-3, 6e-3);

    private static Choice WordRate => Choice.Among("rate of the words", (arm, rate) => With(arm,
        (WordVectorsThenFineTune)((FineTuned)arm).Strategy with { WordRate = rate }), 1.2e-2, 6e-3, 2.4e-2);

    private static Arm With(Arm arm, IStrategy strategy) => (FineTuned)arm with { Strategy = strategy };

    /// <summary>Without pre-training. As many answers as there are, up to 512, are in sets; of more than 128 there are
    /// two sets, and more are drawn for them.</summary>
    /// <param name="answers">In each set, at the scale of the statements.</param>
    internal static FineTuned From(string name, int answers = 32)
    {
        var sets = Math.Clamp(Answers / answers, 2, 16);
        var arm = Arm(name, Bert with { PretrainingShare = 0, Epochs = answers > 128 ? FewEpochs : Epochs });
        return arm with
        {
            Sets = sets,
            At = scale => arm.At(scale) with { TrainTokens = 1, Labels = scale.Labels * sets * answers / Answers },
        };
    }

    /// <param name="text">As a multiple of the other arms'.</param>
    private static FineTuned Arm(string name, IStrategy strategy, double text = 1) => new(name, strategy)
    {
        At = scale => scale with
        {
            TrainTokens = (long)(text * scale.TrainTokens),
            Options = scale.Options with { BatchRows = 4 * scale.Options.BatchRows, Evaluations = 5 },
        },
    };

    private static Hypothesis Accuracy(string name, string claim, string baseline) =>
        new(name, claim, Pretrained, baseline) { Measure = AnswerMeasurements.OfAccuracy.Name, IsAccuracy = true };
}
