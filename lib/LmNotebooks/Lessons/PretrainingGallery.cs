using LmNotebooks.Experiments;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;
using static LmNotebooks.Lessons.PretrainingExperiment;

namespace LmNotebooks.Lessons;

/// <summary>The arms of <see cref="PretrainingExperiment"/> as other worlds show them: untuned there, each at one rate
/// of fine-tuning (chosen on seeds 1 and 2).</summary>
internal static class PretrainingGallery
{
    private const int Seeds = 4;

    private const double TunedRate = 1.5e-3, AloneRate = 4e-3, WordsRate = 2e-3;

    /// <param name="answers">In each set, at the scale of the statements.</param>
    public static IReadOnlyList<Arm> Of(int answers) =>
    [
        Shown(Arm(Causal, Gpt), TunedRate, answers),
        Shown(Arm(Masked, Gpt with { Pretraining = new MaskedLm() }), TunedRate, answers),
        Shown(Arm(Words, Vectors), WordsRate, answers), Shown(Arm(Scratch, Alone, text: 0), AloneRate, answers),
        OfCounts(answers) with { Name = Counts, Gallery = true, Repeats = Seeds },
    ];

    /// <summary>Pre-trained on text that has no order.</summary>
    /// <inheritdoc cref="Of"/>
    public static Arm OfShuffled(int answers) =>
        Shown(Arm(Shuffled, Gpt), TunedRate, answers) with { Wording = Wording.Shuffled };

    private static FineTuned Shown(FineTuned arm, double rate, int answers)
    {
        var asked = WithAnswers(arm, answers);
        return asked with
        {
            Name = arm.Name, Gallery = true, Repeats = Seeds,
            At = scale => asked.At(scale with { Schedule = scale.Schedule with { Peak = rate } }),
        };
    }
}
