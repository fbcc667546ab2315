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

    /// <summary>Rates of fine-tuning: what tuning found for these arms where they are judged, and for what trains
    /// little a larger one.</summary>
    private const double Rate = 1.5e-3, AloneRate = 6e-3, LittleRate = 6e-3;

    public static Experiment Definition { get; } = new("pretraining-ways",
        "What else can be done with a model that has learned from text?", World(1),
        [
            // other ways to learn from text
            .. new[] { 6, 2 }.Select(k =>
                Shown($"XLNet, last 1/{k}", Gpt with { Pretraining = new PermutationLm { K = k } }, TwoStreams)),
            Shown("BERT, all words hidden", Gpt with { Pretraining = new MaskedLm { Hidden = 1, Random = 0 } }),
            Shown("GPT on foreign text", Gpt) with { Wording = Wording.Foreign },
            Shown("GPT on the asked texts", Gpt with { OwnTextEpochs = 100 }, text: 0),
            InSets(4, Shown("scratch, equal FLOPs", Alone with { Epochs = ManyEpochs }, text: 0,
                AloneRate)),

            // other ways to read
            Shown("GPT, read whole", Gpt with { ReadsWhole = true }),
            Shown("scratch, read to the end", Alone with { ReadsWhole = false }, text: 0, AloneRate),

            // other ways to fine-tune
            Shown("GPT, head alone", Gpt with { Probe = true, Epochs = 5 * Gpt.Epochs }, rate: LittleRate),
            Shown("GPT, biases alone", new BitFit { Plain = Gpt }, rate: LittleRate),
            .. new[] { 1, 4 }.Select(rank => Shown($"GPT, updates of rank {rank}",
                new LowRankAdaptation { Rank = rank, Plain = Gpt }, rate: LittleRate)),
            Shown("GPT, unfrozen from the top", new GradualUnfreezing { Plain = Gpt }),
            Shown("GPT, text beside the answers", Gpt with { Auxiliary = 0.5 }),

            // other numbers of answers
            .. new[] { 8, 64, 128, 512, 2048 }.Select(answers => WithAnswers(Shown(Causal, Gpt), answers)),
            WithAnswers(Shown(Scratch, Alone, text: 0, AloneRate), 2048), OfCounts(512) with { Gallery = true },
        ], [])
    {
        Measurements = [AnswerMeasurements.OfAccuracy, .. SeamMeasurements.All],
    };

    /// <summary>An arm with as many answers in each of fewer sets.</summary>
    private static FineTuned InSets(int sets, FineTuned arm) => arm with
    {
        Sets = sets, At = scale => arm.At(scale) with { Labels = scale.Labels * sets / arm.Sets },
    };

    private static FineTuned Shown(string name, IStrategy strategy, double text = 1, double rate = Rate)
    {
        var arm = Arm(name, strategy, text);
        return arm with
        {
            Gallery = true, At = scale => arm.At(scale with { Schedule = scale.Schedule with { Peak = rate } }),
        };
    }
}
