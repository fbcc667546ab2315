using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Tokens;

namespace LmNotebooks.Lessons;

/// <summary>What the experiments of the course measure of models that have learned several tasks.</summary>
internal static class TaskMeasurements
{
    /// <summary>Share of the test texts of the goal that are answered rightly; of several readers, their
    /// mean.</summary>
    public static Measurement OfAccuracy { get; } = new(AnswerMeasurements.OfAccuracy.Name, (_, model, data) =>
        (model is Learned learned ? learned.Of(data.Name)!.All : Readers.Of(model))
        .Average(reader => Accuracy.Of(reader, data.Test.Examples).Mean));

    /// <summary>How far a task has got on the way from the answer that does not look at the text, 0, to the exact
    /// truth, 1: in accuracy, and of a translation, which has no one right answer, in nats. Not a number where it was
    /// not learned. Of tags that answer is a mean over texts, and what is measured one over words, so that its way is
    /// about a point below 0.</summary>
    public static Measurement OfWay(string task) => new($"way of {task}", (truth, model, _) =>
    {
        var (learned, right) = ((Learned)model, ((Truths)truth!).Of[task]);
        return learned.Of(task) is { } readers ? Way(readers.All[0], right, learned.DataOf(task)!) : double.NaN;
    });

    private static double Way(IConditionalDistribution reader, IConditionalDistribution truth, Dataset data)
    {
        var blind = NgramModel.Fit(1, data.Vocabulary, data.Train.Documents);
        if (data.Question is null)
        {
            var (worst, best) = (data.Loss(blind), data.Loss(truth));
            return (worst - data.Loss(reader)) / (worst - best);
        }
        var commonest = blind.Next([]).Index().MaxBy(p => p.Item).Index;
        var chance = data.Test.Examples.Average(e => (double)e.Target.Count(t => t == commonest) / e.Target.Length);
        double Share(IConditionalDistribution of) => Accuracy.Of(of, data.Test.Examples).Mean;
        return (Share(reader) - chance) / (Share(truth) - chance);
    }
}
