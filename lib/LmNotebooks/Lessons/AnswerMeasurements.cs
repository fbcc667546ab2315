using LmNotebooks.Experiments;
using LmNotebooks.Measures;

namespace LmNotebooks.Lessons;

/// <summary>What the experiments of the course measure of models that answer questions about texts.</summary>
internal static class AnswerMeasurements
{
    /// <summary>Share of the test texts that are answered rightly; of several readers, their mean.</summary>
    public static Measurement OfAccuracy { get; } = new("accuracy", (_, model, data) =>
        Readers.Of(model).Average(reader => Accuracy.Of(reader, data.Test.Examples).Mean));

    /// <summary>Share that is answered rightly of texts drawn as those that readers learn from: each reader is asked
    /// about the texts of the next one, which it has not seen.</summary>
    public static Measurement OfAccuracyAsLearned { get; } = new("accuracy, texts as learned", (_, model, data) =>
    {
        var readers = Readers.Of(model);
        var sets = AnswerSets.Of(data, readers.Count);
        return readers.Select((reader, i) => Accuracy.Of(reader, [.. sets[(i + 1) % sets.Count].Train.Examples]).Mean)
            .Average();
    });
}
