using LmNotebooks.Experiments;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 10: new words, of which a trained model is told by their form, by a definition, or by some
/// contexts. It is trained once for each language, and all that is compared is done to it afterwards.</summary>
public static class ZeroShotWordsExperiment
{
    internal const string Untold = "language model", Mean = "mean vector", Form = "form", Defined = "definition",
        Raw = ", raw bias";

    private const string Preset = "zero-shot";
    private const int Seeds = 4;

    public static Experiment Definition { get; } = new("zero-shot-words",
        "What does a model make of a word that it has never seen, once it is told of it?", new Texts(Preset),
        [
            Plain, .. Judged, .. Gallery,
            .. Trend.ArmsOf([Plain, .. Judged]).Select(arm => arm is NewWords ? arm with { TunedAs = Untold } : arm),
        ],
        [
            Lower("form", "Told by its form, a model expects a new adjective better than as the mean adjective.",
                Form, Mean, NewWordMeasurements.OfAdjectives),
            Lower("definition", "Told by a definition, a model expects a new noun better than as the mean noun.",
                Defined, Mean, NewWordMeasurements.OfNouns),
            Lower("contexts", "Told by eight contexts, a model expects a new noun better than as the mean noun.",
                Carte(8).Name, Mean, NewWordMeasurements.OfNouns),
            new("old words", "Told of new words, a model predicts old text no worse than before.", Defined, Untold),
            new("calibration", "With calibrated biases of the new words, old text is predicted better than with the "
                + "mean bias.", Defined, Defined + Raw),
        ])
    {
        Measurements = NewWordMeasurements.All,
    };

    private static Trained Plain => new(Untold, new Joint());

    private static IReadOnlyList<Arm> Judged =>
    [
        Told(Mean, new MeanVector()), Told(Form, new SubwordSum()), ByDefinition, Carte(8),
        ByDefinition with { Name = Defined + Raw, Calibrated = false },
    ];

    private static NewWords ByDefinition => Told(Defined, new DefinitionMap()) with { Defined = true };

    private static IReadOnlyList<Arm> Gallery =>
    [
        .. ((NewWords[])
        [
            Told(Mean + Raw, new MeanVector()) with { Calibrated = false },
            Told("form without \"un-\"", new SubwordSum(Prefix: false)),
            Told("random vector", new RandomVector()), Told("unknown word", new UnknownWord()),
            Told("definition, row update", new RowUpdate()) with { Defined = true },
            Told("mean context" + Shown(8), new MeanContext()) with { Contexts = 8 },
            .. new[] { 1, 2, 4, 16, 32 }.Select(Carte),
        ]).Select(arm => arm with { Gallery = true, Repeats = Seeds }),
        .. new[] { 1, 2, 4, 8, 16, 32, 64 }.Select(Updated),
        .. new[] { 0, 1, 2, 4, 8, 16 }.Select(contexts => Exact(contexts == 0 ? ", untold" : Shown(contexts)) with
        {
            Contexts = contexts,
        }),
        Exact(", definition") with { Defined = true },
    ];

    private static NewWords Carte(int contexts) =>
        Told("a la carte" + Shown(contexts), new ALaCarte(contexts)) with { Contexts = contexts };

    private static NewWords Updated(int contexts) =>
        Told("row update" + Shown(contexts), new RowUpdate()) with { Contexts = contexts, Gallery = true };

    private static ExactNewWords Exact(string shown) => new("exact" + shown, Preset)
    {
        Gallery = true, Repeats = Seeds,
    };

    private static NewWords Told(string name, INewWordMethod method) => new(name, Preset, Plain, method)
    {
        TunedAs = Untold,
    };

    private static string Shown(int contexts) => $", {contexts} context{(contexts == 1 ? "" : "s")}";

    private static Hypothesis Lower(string name, string claim, string arm, string baseline, Measurement of) =>
        new(name, claim, arm, baseline) { Measure = of.Name };
}
