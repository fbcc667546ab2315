using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Benchmarks;

/// <summary>A size of model and batch, and how many steps are one measurement: about a second.</summary>
internal sealed record Shape(string Name, int Width, int Layers, int Heads, int Length, int Rows, int Vocabulary, int Steps)
{
    public static IReadOnlyList<Shape> All { get; } =
    [
        new("S", 64, 2, 4, 64, 16, 300, 50),
        new("M", 128, 4, 8, 128, 16, 1000, 6),
        new("L", 256, 6, 16, 128, 8, 4096, 3),
    ];

    public TransformerConfig Config => new() { Vocabulary = Vocabulary, Context = Length, Width = Width, Layers = Layers, Heads = Heads };

    /// <summary>What the peer is asked to do.</summary>
    public object Request(string work, int threads, int steps) =>
        new { work, threads, steps, width = Width, layers = Layers, heads = Heads, length = Length, rows = Rows, vocabulary = Vocabulary };

    /// <summary>Random documents as long as the context.</summary>
    /// <param name="test">Documents to test on.</param>
    public Dataset Data(int test)
    {
        var random = new Random(1);
        Corpus Documents(int count) => Corpus.OfDocuments(Enumerable.Range(0, count)
            .Select(_ => Enumerable.Range(0, Length).Select(_ => random.Next(Vocabulary)).ToArray()), 0);
        return new Dataset("random", "", Vocabulary, 0, Documents(32 * Rows), Documents(test));
    }

    /// <summary>Trains with the kit's own trainer for <see cref="Steps"/>; returns the tokens trained on.</summary>
    public double Train(TransformerLm model, Dataset data, Generator generator) =>
        new Trainer(Name, model, data, new TrainingOptions { BatchRows = Rows, Evaluations = 1 }, generator)
            .Train([new Stage("all", new CausalLm(), model.Parts, (long)Steps * Rows * Length)], _ => { }).Tokens;
}
