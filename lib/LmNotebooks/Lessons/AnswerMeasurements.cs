using LmNotebooks.Experiments;
using LmNotebooks.Measures;

namespace LmNotebooks.Lessons;

/// <summary>What the experiments of the course measure of models that answer questions about texts.</summary>
internal static class AnswerMeasurements
{
    /// <summary>Share of the test texts that are answered rightly; of several readers, their mean.</summary>
    public static Measurement OfAccuracy { get; } = new("accuracy", (_, model, data) =>
        Readers.Of(model).Average(reader => Accuracy.Of(reader, data.Test.Examples).Mean));
}
