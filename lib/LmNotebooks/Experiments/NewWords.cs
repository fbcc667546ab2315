using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Questions;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;

namespace LmNotebooks.Experiments;

/// <summary>A language model that is told of the held-out stems of its language by a method, one by one: from their
/// form alone, or also from a definition or some contexts of each.</summary>
public sealed record NewWords(string Name, string Preset, Trained Model, INewWordMethod Method)
    : Adapted(Name, Preset, Model)
{
    private const int Calibrating = 100;   // documents

    /// <summary>Documents with the stem that the method is shown.</summary>
    public int Contexts { get; init; }

    /// <summary>Whether it is shown the definition of a noun.</summary>
    public bool Defined { get; init; }

    /// <summary>Whether the biases are made such that a new word is as frequent as the median known one; else they are
    /// the mean of the known ones'.</summary>
    public bool Calibrated { get; init; } = true;

    protected override string Detail => $"{Method}, {Contexts} contexts, defined {Defined}, calibrated {Calibrated}";

    protected override ISequenceDistribution Adapt(LanguageModel model, Lingua language, Dataset data, int seed)
    {
        var old = data.Train.Documents.ToList();
        return new AddedWords(model, language.HeldOut.GroupBy(stem => stem.Slot).SelectMany(kind =>
        {
            var space = new StemSpace(language, model, kind.Key);
            var guess = Method.Prepare(space, old, seed);
            var calibration = new BiasCalibration(space, [.. old.Take(Calibrating)]);
            return kind.Select(stem =>
            {
                var rows = space.Rows(stem, guess(stem, Shown(language, stem, seed)));
                return (stem, Calibrated ? calibration.Of(rows) : rows);
            }).ToList();
        }).ToDictionary());
    }

    private IReadOnlyList<int[]> Shown(Lingua language, Stem stem, int seed) =>
    [
        .. Defined && stem.Slot == Slot.Noun ? [language.Reveal(stem).Definition(stem)] : Array.Empty<int[]>(),
        .. NewWordTexts.Until(NewWordTexts.WithoutDefinitions(language), stem, Contexts, seed)
            .Where(text => NewWordTexts.Has(language, text, stem)),
    ];
}
