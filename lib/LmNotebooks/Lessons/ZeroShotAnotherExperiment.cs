using LmNotebooks.Experiments;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 10: what new words gain when each is told what belongs to another one. Shown, not judged; at the
/// rate that the models of <see cref="ZeroShotWordsExperiment"/> were tuned to.</summary>
public static class ZeroShotAnotherExperiment
{
    private const string Preset = "zero-shot";

    public static Experiment Definition { get; } = new("zero-shot-another",
        "Does a new word gain by what it is told, or by being told anything?", new Texts(Preset),
        [Told("another's definition", 0, new DefinitionMap()), Told("another's contexts", 8, new ALaCarte(8))], [])
    {
        Measurements = NewWordMeasurements.All,
    };

    private static NewWords Told(string name, int contexts, INewWordMethod method) =>
        new(name, Preset, new Trained("language model", new Joint()), new AnotherWord(method, contexts))
        {
            Gallery = true, Repeats = 4,
        };
}
