using LmNotebooks.Experiments;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Ways to ask a language model for the topic and the polarity of texts.</summary>
internal static class ZeroShotPrompts
{
    public const string Natural = "natural slot", Permuted = "permuted label words", Form = "form",
        Language = "the language itself";

    private const int Seeds = 4;

    /// <summary>Before it is asked anything.</summary>
    public static Trained Model { get; } = new("language model", new Joint());

    /// <summary>By a natural slot that is chosen without labels, and with its label words dealt out at
    /// random.</summary>
    public static IReadOnlyList<Prompted> Judged(string preset) =>
        [Arm(Natural, preset), Arm(Permuted, preset) with { Permuted = true }];

    /// <summary>By the language's own form, with calibration and without it.</summary>
    public static IReadOnlyList<Prompted> ByForm(string preset) =>
        [OfForm(preset), Raw(OfForm(preset))];

    /// <summary>Without calibration, by each slot, and the language itself instead of the model.</summary>
    public static IReadOnlyList<Prompted> BySlot(string preset) =>
    [
        Raw(Arm(Natural, preset)),
        .. Prompted.Determiners.Select(word => Arm(word, preset) with { Gallery = true, Openers = [word] }),
        Arm(Language, preset) with { Gallery = true, Exact = true },
    ];

    /// <summary>All prompts in a language that speaks the form, at the scale's own learning rate; the language itself
    /// is asked by the form, too.</summary>
    public static Experiment In(string preset, string name, string question) => new(name, question, new Texts(preset),
    [
        .. from arm in (Prompted[])
           [
               .. Judged(preset), .. BySlot(preset), .. ByForm(preset),
               Raw(OfForm(preset) with { Name = $"{Language}, {Form}", Exact = true }),
           ]
           select arm with { Gallery = true, Repeats = Seeds },
    ], [])
    {
        Measurements = PromptMeasurements.All,
    };

    private static Prompted OfForm(string preset) => Arm(Form, preset) with { Gallery = true, Openers = [] };

    private static Prompted Raw(Prompted arm) =>
        arm with { Name = $"{arm.Name}, raw", Gallery = true, Calibrated = false };

    private static Prompted Arm(string name, string preset) => new(name, preset, Model);
}
