using LmNotebooks.Experiments;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using static LmNotebooks.Lessons.PretrainingExperiment;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 07: other ways to pre-train and to fine-tune, one change of an arm of
/// <see cref="PretrainingExperiment"/> each. Shown, not judged.</summary>
public static class PretrainingWaysExperiment
{
    /// <summary>Two streams read a text twice at once: the permutation LM gets as much of it as the same FLOPs
    /// allow.</summary>
    private const double TwoStreams = 0.525;

    /// <summary>So often must 32 texts be read to cost what pre-training does.</summary>
    private const int ManyEpochs = 780;

    public static Experiment Definition { get; } = new("pretraining-ways",
        "What else can be done with a model that has learned from text?", World(1),
        [
            // other ways to learn from text
            .. new[] { 6, 2 }.Select(k =>
                Shown($"XLNet, last 1/{k}", Gpt with { Pretraining = new PermutationLm { K = k } }, TwoStreams)),
            Shown("BERT, all words hidden", Gpt with { Pretraining = new MaskedLm { Hidden = 1, Random = 0 } }),
            Shown("GPT on foreign text", Gpt) with { Wording = Wording.Foreign },
            Shown("GPT on the asked texts", Gpt with { OwnTextEpochs = 100 }, text: 0),
            InSets(4, Shown("scratch, equal FLOPs", Alone with { Epochs = ManyEpochs }, text: 0)),

            // other ways to read
            Shown("GPT, read whole", Gpt with { ReadsWhole = true }),
            Shown("scratch, read to the end", Alone with { ReadsWhole = false }, text: 0),

            // other ways to fine-tune
            Shown("GPT, head alone", Gpt with { Probe = true, Epochs = 5 * Gpt.Epochs }),
            Shown("GPT, text beside the answers", Gpt with { Auxiliary = 0.5 }),

            // other numbers of answers
            .. new[] { 8, 64, 128, 512, 2048 }.Select(answers => WithAnswers(Shown(Causal, Gpt), answers)),
            FromAnswers(2048) with { Gallery = true }, OfCounts(512) with { Gallery = true },
        ], [])
    {
        Measurements = [AnswerMeasurements.OfAccuracy, .. SeamMeasurements.All],
    };

    /// <summary>An arm with as many answers in each of fewer sets.</summary>
    private static FineTuned InSets(int sets, FineTuned arm) => arm with
    {
        Sets = sets, At = scale => arm.At(scale) with { Labels = scale.Labels * sets / arm.Sets },
    };

    private static FineTuned Shown(string name, IStrategy strategy, double text = 1) =>
        Arm(name, strategy, text) with { Gallery = true };
}
