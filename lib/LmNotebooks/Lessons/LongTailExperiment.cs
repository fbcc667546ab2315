using LmNotebooks.Experiments;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 06: word vectors where most words are rare. Shown, not judged.</summary>
public static class LongTailExperiment
{
    public static Experiment Definition { get; } =
        new("long-tail", "Do trained word vectors help where most words are rare?", new Texts("long-tail"),
        [
            Arm("joint", new Joint()), Arm("random vectors, frozen",
                new HierarchicalTraining { WordShare = 0, HeadShare = 0 }),
            Arm("skip-gram vectors, frozen", new HierarchicalTraining { HeadShare = 0 }),
        ], []);

    private static Trained Arm(string name, IStrategy strategy) => new(name, strategy)
    {
        Gallery = true, Size = c => c with { TieHead = false }, At = scale =>
            scale with { TrainTokens = scale.TrainTokens / 2 },
    };
}
