using LmNotebooks.Models;
using LmNotebooks.Training;

namespace LmNotebooks.Strategies;

/// <summary>Fine-tuning from the top (Howard and Ruder 2018): the head alone, then with it the last layer and the norm
/// after it, then the layer before, and at last all. What is nearest to the text, and most of use to any goal, is
/// changed last and least. The stages are equally long, and each has a warm-up of its own.</summary>
public sealed record GradualUnfreezing : FineTuningMethod
{
    public override string Name => "GradualUnfreezing";

    protected override IReadOnlyList<Stage> Tune(Model model, Stage whole)
    {
        // The parts of a body are the positions, the layers and the norm; a recurrent one is as one layer. A layer that
        // has all its weights from another is none.
        var (parts, heads) = (model.Body.Parts, Heads(model, whole));
        IReadOnlyList<Part> norm = [.. parts.TakeLast(1)], layers = parts.Count == 0 ? [model.Body]
            : [.. parts.Skip(1).SkipLast(1).Where(layer => layer.Module.parameters().Any())];

        // Each stage trains what the one before it did, and one thing more.
        (string Name, IReadOnlyList<Part> Train)[] steps =
        [
            ("head", heads),
            .. layers.Reverse().Select((layer, i) => (layer.Name, (IReadOnlyList<Part>)
                [.. layers.TakeLast(i + 1), .. norm, .. heads])),
            ("all", whole.Train),
        ];
        long Until(int step) => whole.Tokens * step / steps.Length;
        return [.. steps.Select((step, i) => whole with
        {
            Name = $"{whole.Name}, {step.Name}", Train = step.Train, Tokens = Until(i + 1) - Until(i),
        })];
    }
}
