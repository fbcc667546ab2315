using System.Runtime.CompilerServices;
using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Objectives;
using LmNotebooks.Questions;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Lessons;

/// <summary>Whether the gradients of the tasks that a model has learned agree at the parts that read, on texts that it
/// has not seen.</summary>
internal static class TaskGradients
{
    /// <summary>Small batches do not tell: their gradients are mostly noise.</summary>
    private const int Batches = 8, Rows = 256;

    private static readonly ConditionalWeakTable<Learned, GradientProducts> known = [];

    /// <summary>The cosine of two tasks, and the ends of its bootstrap interval.</summary>
    public static IEnumerable<Measurement> OfCosine(string one, string other)
    {
        Measurement Of(string end, Func<Interval, double> value) => new($"cosine of {one} and {other}{end}",
            (truth, model, _) =>
            {
                var learned = (Learned)model;
                List<string> names = [.. learned.Sets[0].Tasks.Select(t => t.Data.Name)];
                var products = known.GetValue(learned, _ => Products(learned, (Truths)truth!));
                return value(GradientCosine.Of(products, names.IndexOf(one), names.IndexOf(other), seed: 1));
            });
        return [Of("", cosine => cosine.Value), Of(", low", cosine => cosine.Low), Of(", high", cosine => cosine.High)];
    }

    private static GradientProducts Products(Learned learned, Truths truths)
    {
        var (model, tasks) = learned.Sets[0];
        using var generator = new Generator(1);
        return GradientProducts.Of(model, [.. tasks.Select((task, i) =>
            TaskAims.For(Fresh(task.Data, truths.Of[task.Data.Name], i)))], model.Readers, data => data.Train,
            Batches, Rows, generator);
    }

    /// <summary>The data of a task with other examples, that no model has seen.</summary>
    private static Dataset Fresh(Dataset data, IConditionalDistribution truth, int number)
    {
        const int count = Batches * Rows;
        var seed = Seeds.Mix(number, count);    // the training texts have other ones
        var longest = Math.Max(data.SourceLength, Math.Max(data.Train.Length, data.Test.Length));
        IReadOnlyList<Example> Short(Func<int, int, IReadOnlyList<Example>> sample) =>
            [.. sample(2 * count, seed).Where(e => Math.Max(e.Source.Length, e.Target.Length) <= longest).Take(count)];
        return data with
        {
            Train = truth switch
            {
                Labelling labelling => Corpus.OfAnswers(Short(labelling.Sample), data.Start),
                Tagging tagging => Corpus.OfTranslations(Short(tagging.Sample), data.Start),
                LinguaPair pair => Corpus.OfTranslations(Short(pair.Sample), data.Start),
                _ => throw new ArgumentException($"Examples of {data.Name} cannot be drawn."),
            },
        };
    }
}
