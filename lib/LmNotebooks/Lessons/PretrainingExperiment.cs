using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Objectives;
using LmNotebooks.Questions;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 07: a model that learned from text, and then from few answers, against one that has the answers
/// alone, and others that learned less from the text.</summary>
public static class PretrainingExperiment
{
    /// <summary>How often few answers are read, and how often many are.</summary>
    private const int Epochs = 20, FewEpochs = 10;

    /// <summary>Answers at the scale of the statements, in 16 sets of 32.</summary>
    private const int Answers = 512;

    /// <summary>Tokens where no text is learned from: a data set is not empty.</summary>
    private const long NoText = 4;

    internal const string Scratch = "scratch", Causal = "GPT", Masked = "BERT", Words = "skip-gram vectors",
        Shuffled = "GPT on shuffled text", Counts = "bag of words";

    public static Experiment Definition { get; } = new("pretraining",
        "Does a model that has learned from text need fewer answers?", World(1),
        [
            .. Judged, .. new[] { 8, 64, 128, 512 }.Select(FromAnswers), .. new[] { 8, 64, 128 }.Select(OfCounts),
            .. Trend.ArmsOf(Judged),
        ],
        [
            Accuracy("pre-training",
                "Pre-trained on text, a model answers more questions rightly after 32 answers than "
                + "one that has only these.", Causal, Scratch),
            Accuracy("body", "It answers more rightly than one of which only the word vectors were pre-trained.",
                Causal, Words),
            Accuracy("order",
                "It answers more rightly than one that was pre-trained on the same texts with their words "
                + "in random order.", Causal, Shuffled),
            Accuracy("objective", "Pre-trained to predict the next word, a model answers more rightly than pre-trained "
                + "to fill holes, at equal FLOPs.", Causal, Masked),
            Accuracy("words", "Pre-trained on text, a model answers more rightly than a logistic regression on the "
                + "words of the text.", Causal, Counts),
        ])
    {
        Measurements = [AnswerMeasurements.OfAccuracy, .. SeamMeasurements.All],
    };

    /// <summary>A question whose score agrees with what the distribution of the words shows, to this degree.</summary>
    internal static IWorld World(double agreement) => new Labels("labels",
        [new(FormattableString.Invariant($"sign, phi {agreement}").Replace('.', ','),
            (language, seed) => SignLabel.Of(language, agreement, seed))]);

    /// <summary>Arms with 32 answers. The causal one reads a text up to its end, as it learned to, all others read it
    /// whole.</summary>
    private static IReadOnlyList<Arm> Judged =>
    [
        FromAnswers(32), OfCausal, Arm(Masked, Gpt with { Pretraining = new MaskedLm() }) with { Choices = [TextRate] },
        Arm(Words, Vectors) with { Choices = [WordRate] },
        OfCausal with { Name = Shuffled, Wording = Wording.Shuffled }, OfCounts(32),
    ];

    internal static FineTuned OfCausal => Arm(Causal, Gpt) with { Choices = [TextRate] };

    internal static PretrainThenFineTune Gpt => new()
    {
        PretrainingShare = 1, PretrainingRate = 3e-3, Epochs = Epochs,
    };

    /// <summary>Without pre-training, it reads each text whole, which is better from few answers than to read it up to
    /// its end (chosen on seeds 1 and 2).</summary>
    internal static PretrainThenFineTune Alone => Gpt with { PretrainingShare = 0, ReadsWhole = true };

    internal static WordVectorsThenFineTune Vectors => new() { ReadsWhole = true, WordRate = 1.2e-2, Epochs = Epochs };

    private static Choice TextRate => Choice.Among("rate of pre-training", (arm, rate) => With(arm,
        (PretrainThenFineTune)((FineTuned)arm).Strategy with { PretrainingRate = rate }), 3e-3, 1.5e-3, 6e-3);

    private static Choice WordRate => Choice.Among("rate of the words", (arm, rate) => With(arm,
        (WordVectorsThenFineTune)((FineTuned)arm).Strategy with { WordRate = rate }), 1.2e-2, 6e-3, 2.4e-2);

    private static Arm With(Arm arm, IStrategy strategy) => (FineTuned)arm with { Strategy = strategy };

    /// <summary>Without pre-training.</summary>
    /// <param name="answers">In each set, at the scale of the statements.</param>
    internal static FineTuned FromAnswers(int answers) =>
        WithAnswers(Arm(Scratch, Alone, text: 0), answers);

    /// <summary>A logistic regression on the words.</summary>
    /// <inheritdoc cref="FromAnswers"/>
    internal static WordCounts OfCounts(int answers) =>
        new(Named(Counts, answers), Lingua.Preset("labels", 1).Words.ToList().IndexOf("not"))
        {
            Sets = SetsOf(answers), At = scale => With(scale with { TrainTokens = NoText }, answers),
        };

    /// <summary>An arm that has another number of answers. They are in 16 sets of up to 32, of which all are 512, and
    /// in fewer of more, two at least.</summary>
    /// <inheritdoc cref="FromAnswers"/>
    internal static FineTuned WithAnswers(FineTuned arm, int answers) => arm with
    {
        Name = Named(arm.Name, answers), Sets = SetsOf(answers), At = scale => With(arm.At(scale), answers),
        Strategy = answers <= 128 ? arm.Strategy : arm.Strategy switch
        {
            PretrainThenFineTune strategy => strategy with { Epochs = FewEpochs },
            WordVectorsThenFineTune strategy => strategy with { Epochs = FewEpochs },
            var strategy => strategy,
        },
    };

    /// <param name="text">As a multiple of the other arms'.</param>
    internal static FineTuned Arm(string name, IStrategy strategy, double text = 1) => new(name, strategy)
    {
        At = scale => scale with
        {
            TrainTokens = Math.Max(NoText, (long)(text * scale.TrainTokens)),
            Options = scale.Options with { BatchRows = 4 * scale.Options.BatchRows, Evaluations = 5 },
        },
    };

    private static int SetsOf(int answers) => Math.Clamp(Answers / answers, 2, 16);

    private static string Named(string arm, int answers) => answers == 32 ? arm : $"{arm}, {answers} answers";

    private static Scale With(Scale scale, int answers) =>
        scale with { Labels = scale.Labels * SetsOf(answers) * answers / Answers };

    private static Hypothesis Accuracy(string name, string claim, string arm, string baseline) =>
        new(name, claim, arm, baseline) { Measure = AnswerMeasurements.OfAccuracy.Name, IsAccuracy = true };
}
