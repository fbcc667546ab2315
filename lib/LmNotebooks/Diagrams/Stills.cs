using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Diagrams;

/// <summary>The diagrams that pages show before anything runs: of the language, the model and the method of the
/// notebooks, at the scale that these are about.</summary>
public static class Stills
{
    /// <summary>Each with its name, drawn from objects that are made for it.</summary>
    public static IReadOnlyList<(string Name, Drawing Drawing)> Draw()
    {
        var (language, scale) = (Lingua.Preset("base", 1), Scale.Laptop);
        var data = Dataset.Of(language, scale.TrainTokens, scale.TestDocuments, 1);
        var config = Run.Config(data, scale);
        var plan = new Plan(scale.TrainTokens, scale.Schedule, data);
        var sentence = data.Test.Documents[0].TakeWhile(id => language.WordOf(id)!.Slot != Slot.Stop).ToList();
        using Generator one = new(1), two = new(2);
        using Model first = config.Build(one), second = config.Build(two);
        return
        [
            ("model", Diagram.Of(first)),
            ("stages", Diagram.Of(new HierarchicalTraining(), config, plan)),
            ("exchange", Diagram.OfExchange(("seed 1", first), ("seed 2", second), "body")),
            ("sharing", Diagram.OfSharing(LayerPattern.Cycle(2, 6))),
            ("gloss", Gloss.Of(language, sentence)),
        ];
    }
}
