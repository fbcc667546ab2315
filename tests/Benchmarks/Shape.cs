using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Benchmarks;

/// <summary>A size of model and batch, and how many steps are one measurement: a fraction of a second, so that both
/// meet the same machine.</summary>
internal sealed record Shape(string Name, int Width, int Layers, int Heads, int Length, int Rows, int Vocabulary,
    int Steps)
{
    public static IReadOnlyList<Shape> All { get; } =
    [
        new("S", 64, 2, 4, 64, 16, 300, 12),
        new("M", 128, 4, 8, 128, 16, 1000, 2),
        new("L", 256, 6, 16, 128, 8, 4096, 1),
    ];

    public ModelConfig Config => new() { Vocabulary = Vocabulary, Context = Length, Width = Width, Layers = Layers,
        Heads = Heads };

    /// <summary>What the peer is asked to do.</summary>
    public object Request(string work, int threads, int steps) =>
        new { work, threads, steps, width = Width, layers = Layers, heads = Heads, length = Length, rows = Rows,
            vocabulary = Vocabulary };

    /// <summary>Random documents as long as the context to train on; to test on, so many of the same, or one of a
    /// single token, which costs a measurement of training nothing.</summary>
    public Dataset Data(int test = 0)
    {
        var random = new Random(1);
        Corpus Documents(int count, int length) => Corpus.OfDocuments(Enumerable.Range(0, count)
            .Select(_ => Enumerable.Range(0, length).Select(_ => random.Next(Vocabulary)).ToArray()), 0);
        return new Dataset("random", "", Vocabulary, 0, Documents(32 * Rows, Length), test > 0 ? Documents(test, Length)
            : Documents(1, 1));
    }

    /// <summary>The size with each number of threads that a single run is measured with.</summary>
    public static IEnumerable<(Shape Shape, int Threads, string Case)> WithThreads =>
        All.SelectMany(shape => new[] { 1, 2 }.Select(threads =>
            (shape, threads, $"{shape.Name}, {threads} thread{(threads > 1 ? "s" : "")}")));

    /// <summary>Trains with the kit's own trainer; returns the tokens trained on.</summary>
    public double Train(LanguageModel model, Dataset data, Generator generator, int steps) =>
        new Trainer(Name, model, data, new TrainingOptions { BatchRows = Rows, Evaluations = 1 }, generator)
            .Train([new Stage("all", new CausalLm(), model.Parts, (long)steps * Rows * Length)], _ => { }).Tokens;
}
