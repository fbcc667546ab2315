using LmNotebooks.Charts;
using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Tests.Charts;

/// <summary>One figure of each kind, with numbers like those of the course.</summary>
internal static class Samples
{
    public static Figure Loss { get; } = LossCurves.Of(
        [Learned("Transformer", 0.062, 0.8), Learned("GRU", 0.116, 0.9), Learned("RNN", 0.3, 0.6),
            Learned("shared weights", 0.18, 0.7)],
        2.26, ("unigram model", 4.31), ("bigram model", 3.04), ("trigram model", 2.92));

    public static Figure Excess { get; } = ExcessBars.Of(
        [("Transformer", Around(0.062, 0.004)), ("GRU", Around(0.116, 0.011)),
            ("hierarchical training, frozen body", Around(0.31, 0.06)), ("bigram model", Around(0.78, 0))]);

    public static Figure Share { get; } = ShareBars.Of([("topic", new(0.93, 0.9, 0.96)),
        ("number agreement", new(1.02, 0.95, 1.1)), ("register", new(-0.02, -0.07, 0.04))]);

    public static Figure NextWord { get; } = NextWordBars.Of(
        ["sat", "ran", "slept", "<eos>", "was"], [0.41, 0.3, 0.12, 0.1, 0.01], [0.38, 0.2, 0.15, 0.12, 0.06],
            "the old cat");

    public static Figure Banded { get; } = new("Loss over three seeds", new Axis("tokens seen"),
        new Axis("loss (nats per token)"),
        [new Band("95 % interval", [0, 1e6, 2e6], [4, 3, 2.5], [4.4, 3.2, 2.6]),
            new Line("mean", [0, 1e6, 2e6], [4.2, 3.1, 2.55])], "The mean ends at 2.55.");

    public static Figure Calibration { get; } = CalibrationCurves.Of(
        ("language", [new(0.1, 0.11, 50), new(0.5, 0.49, 10), new(0.9, 0.89, 50)]),
            ("Transformer", [new(0.05, 0.15, 70), new(0.5, 0.5, 4), new(0.97, 0.86, 70)]));

    public static Figure Bands { get; } = ExcessBands.Of(Runs());

    public static Figure Live { get; } = ExcessBands.Of(Runs(),
        [Run("Transformer", 20, 0.066, 1), Run("Transformer", 21, 0.081, 1), Run("shared, wide", 20, 0.15, 0.8)]);

    public static Figure Flops { get; } = ExcessAgainstFlops.Of(Runs());

    public static Figure Differences { get; } =
        PairedDifferences.Of(Contrast.JudgeAll(Compared("shared, wide", "Transformer", 0.035, 0.011),
        Compared("hierarchical training", "one layer of the same size", -0.082, 0.02),
            Compared("hierarchical", "shared", 0.004, 0.008)));

    /// <summary>Three kinds of words, each around a place of its own.</summary>
    public static Figure Embedding { get; } =
        EmbeddingMap.Of("category", (0.31, 0.18), Enumerable.Range(0, 48).Select(i => (
        Word: ((string[])["cat", "dog", "house", "garden", "river", "teacher", "tune", "box"])[i / 3 % 8]
            + (i >= 24 ? "s" : ""),
        Value: ((string[])["noun", "verb", "adjective"])[i % 3],
        X: ((double[])[-1, 1, 0.2])[i % 3] + 0.5 * Math.Sin(i * 2.3),
            Y: ((double[])[0.1, 0.3, -0.8])[i % 3] + 0.4 * Math.Sin(i * 3.7 + 1))));

    /// <summary>A head in which each word looks at the one before it, and verbs at their subject.</summary>
    public static Figure Attention { get; } =
        AttentionMap.Of(["the", "old", "cat", "near", "the", "dogs", "sleeps", "and", "<eos>"], Weights(9, 2));

    public static Figure Scaling { get; } = ScalingCurves.Of("parameters",
        [
            .. Enumerable.Range(1, 4).Select(i =>
                ("Transformer", $"depth {i}", 13_000.0 * i + 15_000, Around(0.3 / i, 0.03 / i))),
            .. ((int[])[16, 32, 64]).Select(w => ("GRU", $"width {w}", 30.0 * w * w + 1500,
                Around(3.2 / w + 0.07, 0.02))),
            ("all layers shared", "ALBERT", 28_000, Around(0.12, 0.01)),
        ]);

    public static Figure Replacement { get; } = ReplacementCost.Of("tokens",
        ("body, frozen interface", [new(0.36), new(0.68), new(0.45)]),
            ("body, other seed's interface", [new(1.4), new(1.9, Censoring.Above), new(2.2)]),
        ("head", [new(0.052), new(0.061), new(0.048)]),
            ("word vectors", [new(0.7, Censoring.Below), new(0.62), new(0.5)]));

    public static FigurePair Fronts { get; } = ParetoFronts.Of("parameters", "FLOPs a token",
        ("4 layers", 203_000, 1.3e6, Around(0.073, 0.006)), ("2 layers", 104_000, 7.1e5, Around(0.081, 0.008)),
            ("1 layer", 53_000, 4.1e5, Around(0.185, 0.005)),
        ("ALBERT, all", 53_000, 1.3e6, Around(0.113, 0.012)),
            ("ALBERT, attention", 151_000, 1.3e6, Around(0.09, 0.007)),
        ("shared, wide", 203_000, 5.1e6, Around(0.068, 0.004)),
            ("1 layer, wide", 203_000, 1.5e6, Around(0.175, 0.006)), ("cycle", 104_000, 1.31e6, Around(0.095, 0.012)));

    public static FigurePair Paths { get; } = ExcessAgainstFlops.BesideCriticalPath(Runs());

    public static Figure Agreement { get; } =
        AgreementCurves.Of("share of right verb forms", "attractors between subject and verb",
        from m in Enumerable.Range(0, 4)
        from model in ((string, double)[])[("Transformer", 0.02), ("GRU", 0.05), ("trigram", 0.2)]
        select (model.Item1, m, (Spread)Around(0.99 - m * model.Item2, 0.01 + 0.01 * m)));

    public static IReadOnlyList<string> Tasks { get; } =
        ["intent", "entailment", "tags", "polarity", "sign", "translation"];

    public static Figure Transfer { get; } = TransferMatrix.Of(Tasks, Gains(8));

    public static Figure Agreeing { get; } = GainAgainstAgreement.Of([
        .. from kind in (string[])["one head, width 16", "one head, width 64", "own heads, width 16",
            "own heads, width 64"]
           from alpha in (double[])[-1, -0.5, 0, 0.5, 1]
           let slope = kind.StartsWith("own") ? 0.02 : 0.09
           select (kind, alpha, Seeds(8, slope * alpha - (kind.EndsWith("16") ? 0.01 : 0), 0.01))]);

    public static Figure Cosines { get; } = GainAgainstCosine.Of(Gains(8));

    /// <summary>Every task is added to every other. Gains grow with cosines, and the longer name is judged
    /// better.</summary>
    public static IReadOnlyList<TaskGain> Gains(int seeds) =>
        [.. from added in Tasks
            from judged in Tasks
            where added != judged
            let cosine = 0.5 * Math.Sin(added.Length * judged.Length)
            select new TaskGain(added, judged, Seeds(seeds, 0.06 * cosine + 0.002 * judged.Length, 0.012))
            {
                Cosines = [.. Enumerable.Range(0, seeds).Select(s => cosine + 0.08 * Math.Sin(s * 2.1 + added.Length))],
            }];

    private static IReadOnlyList<SeedPair> Seeds(int count, double gain, double noise) =>
        [.. Enumerable.Range(1, count).Select(s => new SeedPair(s, 0.7 + gain + noise * Math.Sin(s * 1.7), 0.7))];

    public static IReadOnlyDictionary<string, Figure> All { get; } = new Dictionary<string, Figure>
    {
        ["loss"] = Loss, ["excess"] = Excess, ["share"] = Share, ["next-word"] = NextWord, ["band"] = Banded,
            ["calibration"] = Calibration,
        ["bands"] = Bands, ["live"] = Live, ["flops"] = Flops, ["differences"] = Differences,
            ["embedding"] = Embedding, ["attention"] = Attention,
        ["scaling"] = Scaling, ["agreement"] = Agreement, ["replacement"] = Replacement,
        ["transfer"] = Transfer, ["gain-agreement"] = Agreeing, ["gain-cosine"] = Cosines,
    };

    public static IReadOnlyDictionary<string, FigurePair> Pairs { get; } = new Dictionary<string,
        FigurePair> { ["fronts"] = Fronts, ["paths"] = Paths };

    /// <summary>Figures and pairs.</summary>
    public static IReadOnlyDictionary<string, Graphic> Graphics { get; } =
        All.Select(f => KeyValuePair.Create(f.Key, (Graphic)f.Value))
            .Concat(Pairs.Select(p => KeyValuePair.Create(p.Key, (Graphic)p.Value))).ToDictionary();

    public static TheoryData<string> Names => new(All.Keys);

    public static TheoryData<string> GraphicNames => new(Graphics.Keys);

    public static Interval Around(double value, double half) => new(value, value - half, value + half);

    /// <summary>Records of two counted and three trained arms over eight seeds.</summary>
    public static IReadOnlyList<RunRecord> Runs() =>
    [
        .. from seed in Enumerable.Range(11, 8)
           from run in (RunRecord[])
           [
               Counted("unigram", seed, 1.87), Counted("trigram", seed, 0.61),
               Run("Transformer", seed, 0.07, 1), Run("shared, wide", seed, 0.12, 0.8), Run("shallow", seed, 0.19, 1.2),
           ]
           select run,
    ];

    /// <summary>A run whose excess falls to its end over 20 events; seeds differ by up to a fifth, and each has its own
    /// floor. Parts of the shallow arm train at the same time.</summary>
    public static RunRecord Run(string arm, int seed, double end, double speed)
    {
        var floor = 2.2 + seed % 5 * 0.03;
        var excess = end * (1 + 0.2 * Math.Sin(seed * 2.3 + arm.Length));
        var events = Enumerable.Range(0, 21).Select(i =>
            new RunEvent("joint", 10 * i, 25_000 * i, 1.9e10 * speed * i, i, double.NaN,
            floor + excess + 3 * Math.Exp(-speed * i) + (20 - i) * 0.03 * end) { CriticalPathFlops = arm == "shallow"
                ? 0.4 * 1.9e10 * speed * i : null });
        return Record(arm, seed, floor, [.. events], excess);
    }

    private static RunRecord Counted(string arm, int seed, double excess) =>
        Record(arm, seed, 2.3, [new RunEvent("counting", 1, 500_000, 0, 1, double.NaN,
            2.3 + excess + seed % 3 * 0.01)], excess + seed % 3 * 0.01);

    private static RunRecord Record(string arm, int seed, double floor, IReadOnlyList<RunEvent> events,
        double excess) => new(
        new RunHeader("sample", arm, [], seed, "cpu", 1, "data", "source", new Dictionary<string, string>(),
            DateTimeOffset.UnixEpoch), events,
        new RunResult(1000, 0, events[^1].Tokens, 0, events[^1].Flops, events[^1].Flops, 1, events[^1].TestLoss)
        {
            Measures = new Dictionary<string, double> { [Experiment.Floor] = floor, [Experiment.Excess] = excess,
                [Experiment.UnigramGap] = 1.87 },
        }, []);

    /// <summary>Causal weights of which a position gives 0.6 to the one before it, and the last but two 0.7 to one far
    /// back.</summary>
    public static double[,] Weights(int count, int subject)
    {
        var weights = new double[count, count];
        for (var t = 0; t < count; t++)
        {
            var (at, strong) = t == count - 3 ? (subject, 0.7) : (Math.Max(0, t - 1), 0.6);
            for (var other = 0; other <= t; other++)
                weights[t, other] = (1 - strong) / (t + 1) + (other == at ? strong : 0);
        }
        return weights;
    }

    public static Contrast Compared(string a, string b, double difference, double spread) => new(a, b, Claim.Loss(1.87),
        [.. Enumerable.Range(11, 8).Select(seed => new SeedPair(seed, difference + spread * Math.Sin(seed * 1.7), 0))]);

    private static Curve Learned(string name, double excess, double rate)
    {
        var tokens = Enumerable.Range(1, 60).Select(i => 16384.0 * i).ToArray();
        var loss = tokens.Select((t, i) => 2.26 + excess + (1 - i / 59.0)
            * (3 * Math.Pow(t / 16384, -rate) + 0.02 * Math.Sin(i * rate * 7)));
        return new Curve(name, tokens, [.. loss]);
    }
}
