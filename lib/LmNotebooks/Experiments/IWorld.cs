using LmNotebooks.Languages;

namespace LmNotebooks.Experiments;

/// <summary>What the arms of an experiment learn from, and what is true in it.</summary>
public interface IWorld
{
    /// <summary>Everything that decides what is drawn, besides seed, test documents and training tokens; records know
    /// it by its hash.</summary>
    string Describe(Scale scale);

    /// <summary>The truth that the goal is measured against, null where nobody knows it, and the data of a
    /// seed.</summary>
    (IDistribution? Truth, Material Material) Draw(Scale scale, int seed);
}
