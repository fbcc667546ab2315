using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Passes;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Kernel.Commands;

/// <summary>How fast one thread trains a small Transformer here, beside the matrix products that it cannot be faster
/// than.</summary>
internal static class SpeedCheck
{
    private const int Rows = 16, Length = 64, Vocabulary = 300, Steps = 40;
    private const int Products = 400;

    public static Finding Check()
    {
        var path = FastPath.Takes(zeros(1, 1, 64)) ? $"passes by hand in registers of {Vector<byte>.Count * 8} bits"
            : "the definitions, operation by operation";
        var (training, product) = Task.Factory.StartNew(() =>
        {
            set_num_threads(1);
            return (Training(), Product());
        }, TaskCreationOptions.LongRunning).GetAwaiter().GetResult();
        var found = string.Create(CultureInfo.InvariantCulture,
            $"{path}; training at {training:F0} GFLOP/s, a matrix product at {product:F0}, one thread");
        return new("speed", found);
    }

    private static double Training()
    {
        var random = new Random(1);
        Corpus Texts(int count) => Corpus.OfDocuments(Enumerable.Range(0, count)
            .Select(_ => Enumerable.Range(0, Length).Select(_ => random.Next(Vocabulary)).ToArray()), 0);
        var data = new Dataset("speed", "", Vocabulary, Start: 0, Train: Texts(4 * Rows), Test: Texts(1));
        using var generator = new Generator(1);
        using var model = new TransformerLm(new ModelConfig { Vocabulary = Vocabulary, Context = Length }, generator);
        void Train(int steps) => new Trainer("speed", model, data,
            new TrainingOptions { BatchRows = Rows, Evaluations = 1 }, generator)
            .Train([new Stage("speed", new CausalLm(), model.Parts, (long)steps * Rows * Length)], _ => { });
        Train(Steps);   // compiles
        var flops = Ledger.FlopsPerToken(model, model.Parts, Length, new CausalLm()) * Steps * Rows * Length;
        return flops / Seconds(() => Train(Steps)) / 1e9;
    }

    private static double Product()
    {
        using var scope = NewDisposeScope();
        var (x, w) = (randn(Rows * Length, 64), randn(64, 256));
        void Multiply()
        {
            for (var i = 0; i < Products; i++) x.mm(w).Dispose();
        }
        Multiply();
        return 2.0 * Products * x.size(0) * 64 * 256 / Seconds(Multiply) / 1e9;
    }

    private static double Seconds(Action work)
    {
        var begin = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}
