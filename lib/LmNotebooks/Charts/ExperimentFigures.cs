using LmNotebooks.Experiments;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>The figures of an experiment, made from its records alone.</summary>
public static class ExperimentFigures
{
    /// <summary>Every figure that the records allow, with a short name that can be a file's.</summary>
    public static IReadOnlyList<(string Name, Figure Figure)> Of(Experiment experiment, Scale scale, IReadOnlyList<RunRecord> records) => [];
}
