using System.Globalization;
using System.Runtime.InteropServices;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Kernel.Commands;

/// <summary>Trains a tiny model for a few steps on every device: they must learn, repeat themselves, and
/// agree.</summary>
internal static class TrainingCheck
{
    private const int Steps = 20, Rows = 4, Length = 32;
    private const double Tolerance = 1e-2; // nats per token, of the GPU's other order of sums
    private const string Rebuild = "delete the folders bin and obj and build again";

    public static IEnumerable<Finding> Check()
    {
        IReadOnlyList<double> cpu = [];
        yield return Try("training, cpu", () =>
        {
            cpu = Losses(CPU);
            return !(cpu[^1] < cpu[0]) ? (Course(cpu) + ": it does not fall", Rebuild)
                : !cpu.SequenceEqual(Losses(CPU)) ? (Course(cpu) + ": a second run came out otherwise", Rebuild)
                : (Course(cpu) + ", twice the same", null);
        });
        if (cpu.Count > 0 && cuda.is_available()) yield return Try("training, cuda", () =>
        {
            var gpu = Losses(CUDA);
            var apart = cpu.Zip(gpu, (a, b) => Math.Abs(a - b)).Max();
            var distance = string.Create(CultureInfo.InvariantCulture,
                $"{Course(gpu)}, at most {apart:G2} from the cpu's");
            return (distance, apart <= Tolerance ? null
                : "update the NVIDIA driver, or train on the CPU: build with -p:LmDevice=cpu");
        });
    }

    private static Finding Try(string name, Func<(string Found, string? Fix)> check)
    {
        try
        {
            var (found, fix) = check();
            return new(name, found, fix, Fatal: true);
        }
        catch (Exception e) when (e is ArithmeticException or ExternalException) { return new(name,
            e.Message.Split('\n')[0], Rebuild, Fatal: true); }
    }

    /// <summary>The loss of each step, nats per token.</summary>
    private static IReadOnlyList<double> Losses(Device device)
    {
        set_num_threads(1);
        var language = Lingua.Preset("tiny", 1);
        var text = language.Sample(Steps * Rows * Length / 8, 1).SelectMany(d => d.Ids).ToArray().AsSpan();
        var data = new Dataset("check", language.Hash, language.Vocabulary, Start: 0,
            Train: Corpus.OfBlocks(text[(Length + 1)..], Length), Test: Corpus.OfBlocks(text[..(Length + 1)], Length));
        using var generator = new Generator(1);
        var strategy = new Joint();
        var config = new ModelConfig { Vocabulary = language.Vocabulary, Context = Length, Width = 16, Layers = 1,
            Heads = 2 };
        using var model = strategy.Build(config, generator);
        model.to(device);
        var losses = new List<double>();
        new Trainer("check", model, data, new TrainingOptions { BatchRows = Rows, Evaluations = Steps }, generator)
            .Train(strategy.Stages(model, new Plan(Steps * Rows * Length, new Schedule { Peak = 1e-2 }, data)), e =>
                { if (e.Step > 0) losses.Add(e.TrainLoss); });
        return losses;
    }

    private static string Course(IReadOnlyList<double> losses) =>
        string.Create(CultureInfo.InvariantCulture, $"{losses.Count} steps, loss {losses[0]:F3} to {losses[^1]:F3}");
}
