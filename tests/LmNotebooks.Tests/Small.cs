using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Tokens;
using LmNotebooks.Training;

namespace LmNotebooks.Tests;

/// <summary>Small things that many tests need.</summary>
internal static class Small
{
    public const int Vocabulary = 12;
    private const int Length = 10;

    public static ModelConfig Config { get; } =
        new() { Vocabulary = Vocabulary, Context = Length, Width = 16, Layers = 2, Heads = 2 };

    /// <summary>A small untrained model of a language, with a row for each word.</summary>
    public static LanguageModel ModelOf(LmNotebooks.Languages.Lingua language)
    {
        using var generator = new TorchSharp.torch.Generator(1);
        return LanguageModel.Of(Config with { Vocabulary = language.Vocabulary, Context = 64, Layers = 1 }, generator);
    }

    /// <summary>Every way of sharing weights, on four layers, and all ways at once.</summary>
    public static IReadOnlyList<ModelConfig> Sharing { get; } =
    [
        Deep with { AttentionOf = LayerPattern.Cycle(1, 4), FeedForwardOf = LayerPattern.Cycle(1, 4) },
        Deep with { AttentionOf = LayerPattern.Cycle(1, 4) },
        Deep with { FeedForwardOf = LayerPattern.Cycle(1, 4) },
        Deep with { AttentionOf = LayerPattern.Sequence(2, 4), FeedForwardOf = LayerPattern.Sequence(2, 4) },
        Deep with { AttentionOf = LayerPattern.Cycle(2, 4), FeedForwardOf = LayerPattern.Cycle(2, 4) },
        Deep with { MultiQuery = true },
        Deep with { VectorWidth = 5 },
        Deep with { AttentionOf = LayerPattern.Cycle(2, 4), FeedForwardOf = LayerPattern.Sequence(3, 4),
            MultiQuery = true, VectorWidth = 5 },
    ];

    /// <summary>Every architecture, and every way of sharing.</summary>
    public static IReadOnlyList<ModelConfig> Kinds { get; } =
        [.. Enum.GetValues<Architecture>().Select(a => Config with { Architecture = a }), .. Sharing,
            Config with { Architecture = Architecture.Gru, VectorWidth = 5 }];

    /// <summary>No two of the twelve words have the same two pieces, and each piece is in several.</summary>
    public static Pieces Pieces { get; } = new([.. Enumerable.Range(0, Vocabulary)
        .Select(i => new[] { i / 4, 3 + i % 4 })], 7);

    public static ModelConfig Translator { get; } = Config with { SourceVocabulary = 11, SourceContext = 7 };

    /// <summary>A translator with every encoder and every way of sharing.</summary>
    public static IReadOnlyList<ModelConfig> Translators { get; } =
    [
        .. Enum.GetValues<Architecture>().Select(a => Translator with { SourceArchitecture = a }),
            Translator with { ShareEncoder = true },
        Translator with { Pieces = Pieces },
        .. Sharing.SelectMany(c => new[] { false, true }, (c, share) =>
            c with { SourceVocabulary = 11, SourceContext = 7, ShareEncoder = share }),
        Sharing[^1] with { SourceVocabulary = 11, SourceContext = 7, SourceArchitecture = Architecture.Gru },
    ];

    private static ModelConfig Deep => Config with { Layers = 4 };

    /// <summary>To predict the next token of whatever data a run has.</summary>
    public static Plan Plan(long tokens, Schedule schedule, Dataset? goal = null) =>
        new(tokens, schedule, new Aim(new CausalLm(), goal ?? Data), [Data]);

    public static Scale Scale { get; } = new("Test", 4_000, 20, 16, 2, 2, 1, new Schedule { Peak = 1e-2 },
        new TrainingOptions { BatchRows = 8, Evaluations = 4 });

    /// <summary>Documents in which each token is one of two successors of the one before it: entropy ln 2 after the
    /// first.</summary>
    public static IReadOnlyList<int[]> Documents(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var document = new int[Length];
            for (var t = 0; t < Length; t++)
                document[t] = 2 + ((t == 0 ? random.Next(10) : document[t - 1] * 3) + random.Next(2)) % 10;
            return document;
        })];
    }

    /// <summary>Sources of 3 to 7 tokens, and their translations: as many others, backwards, each one of two.</summary>
    public static IReadOnlyList<Example> Translations(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
            (int[])[.. Enumerable.Range(0, random.Next(3, 8)).Select(_ => random.Next(2, 11))])
            .Select(source => new Example(source, [.. source.Reverse().Select(id => 2 + (id + random.Next(2)) % 10)]))];
    }

    public static Dataset TranslationData { get; } = new("backwards", "fedcba9876543210", Vocabulary, 0,
        Corpus.OfTranslations(Translations(600, 1), 0),
            Corpus.OfTranslations(Translations(60, 2), 0)) { SourceVocabulary = 11 };

    public static Dataset Data { get; } = new("successors", "0123456789abcdef", Vocabulary, 0,
        Corpus.OfDocuments(Documents(400, 1), 0), Corpus.OfDocuments(Documents(40, 2), 0));

    /// <summary>What runs came to, to the last bit.</summary>
    public static string Losses(IEnumerable<RunRecord> records) =>
        string.Join('\n',
            records.Select(r =>
            $"{r.Header.Arm} {r.Header.Seed}: "
            + $"{string.Join(' ', r.Events.Select(e => $"{e.TrainLoss:R}/{e.TestLoss:R}"))} "
            + $"{r.Result!.Measures[Experiment.Excess]:R}"));

    /// <summary>Whether this process may write what is write-protected.</summary>
    public static bool MayWriteAll => !OperatingSystem.IsWindows() && Environment.UserName == "root";

    /// <summary>A folder of its own for a test, removed with it.</summary>
    public sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("lm-test-").FullName;
        public string File(string name) => System.IO.Path.Combine(Path, name);
        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

/// <summary>Tests that count all tensors of the process, or set its libtorch threads, run alone.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
