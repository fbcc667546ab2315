using LmNotebooks.Experiments;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 03: what more parameters and what more text bring. Shown, not judged.</summary>
public static class ScalingExperiment
{
    public static Experiment Definition { get; } =
        new("scaling", "How does the excess fall with the size of the model and of the text?", new Texts("base"),
        [
            .. new[] { 0.25, 0.5, 1, 2 }.Select(factor =>
                new Trained($"width x {factor}", new Joint()) { Size = c => c with { Width = (int)(factor * c.Width) },
                Gallery = true }),
            .. new[] { 0.25, 0.5, 2, 4 }.Select(factor => new Trained($"text x {factor}", new Joint()) 
            {
                At = scale => scale with { TrainTokens = (long)(factor * scale.TrainTokens) }, Gallery = true,
            }),
        ], []);
}
