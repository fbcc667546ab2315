namespace LmNotebooks.Benchmarks;

/// <summary>What a reader waits for at the kernel. The peer is Roslyn's script session without a kernel: what is more
/// than that is ours.</summary>
internal sealed class KernelLatency : Benchmark
{
    private const double ReadyGoal = 1500, CellGoal = 20, CompletionGoal = 500, InterruptGoal = 300;
    private const int StartsPerCase = 5, CompletionsAt = 100;
    private static readonly int[] Stops = [1, 100, 1000];
    private static readonly string[] Trivial = ["1 + 1", "var x7 = 7;"];
    private static readonly string[] Endless =
        ["while (true) { }", "System.Threading.Thread.Sleep(-1);", "await Task.Delay(-1);"];

    public override string Name => "kernel";
    public override string Question =>
        "How long does a reader wait for the kernel: its start, a cell, a completion, an interrupt?";
    public override bool HasPyTorch => false;

    public override IEnumerable<Row> Run(Duel duel) => Starts().Concat(LongSession(duel.Repeats));

    /// <summary>Each kernel is asked one first question, at once or when it has had time to prepare.</summary>
    private IEnumerable<Row> Starts()
    {
        var (ready, size) = (new List<double>(), new List<double>());
        var first = new (string Case, bool Waits, Func<KernelProcess, double> Ask, List<double> Times)[]
        {
            ("first cell, at once", false, k => k.Cell(Trivial[0]), []),
            ("first cell, after the warm-up", true, k => k.Cell(Trivial[0]), []),
            ("first completion, at once", false, k => k.Completion("Console."), []),
            ("first completion, after the warm-up", true, k => k.Completion("Console."), []),
        };
        for (var round = 0; round < StartsPerCase; round++)
            foreach (var (_, waits, ask, times) in first)
            {
                using var kernel = new KernelProcess();
                ready.Add(kernel.ReadyAfter);
                size.Add(kernel.Megabytes);
                if (waits) kernel.AwaitIdle();
                times.Add(ask(kernel));
            }
        return
        [
            Alone("start to first answer", ready, ReadyGoal), .. first.Select(f => Alone(f.Case, f.Times)),
            Alone("memory at the first answer", size, unit: "MB"),
        ];
    }

    private IEnumerable<Row> LongSession(int repeats)
    {
        using var kernel = new KernelProcess();
        var (host, count) = (new ScriptHost(), 0);
        (double Ours, double Peer) Both(string code) => (kernel.Cell(code), host.Cell(code));
        double[] Times(Func<double> measure) => [.. Enumerable.Range(0, repeats).Select(_ => measure())];

        foreach (var stop in Stops)
        {
            while (count < stop) Both($"var y{++count} = {count};");
            foreach (var code in Trivial)
            {
                var pairs = Enumerable.Range(0, repeats).Select(_ => Both(code)).ToList();
                var (ours, peer) = (pairs.Select(p => p.Ours).ToList(), pairs.Select(p => p.Peer).ToList());
                yield return new Row(Name, $"{code} after {Cells(stop)}", "ms", Duel.Median(ours), Duel.Median(peer),
                    [.. pairs.Select(p => p.Ours / p.Peer)],
                    ours.Min() / peer.Min(), Samples: ours, Goal: CellGoal);
            }
            if (stop != CompletionsAt) continue;
            kernel.Cell("var xs = new List<int>();");
            foreach (var code in new[] { "xs.", "" })
            {
                var typed = 0;   // never the same text twice
                yield return Alone($"completion of '{code}' after {Cells(stop)}",
                    Times(() => kernel.Completion($"// {typed++}\n{code}")), CompletionGoal);
            }
            foreach (var code in Endless)
                yield return Alone($"interrupt of {code}", Times(() => kernel.Interrupt(code)), InterruptGoal);
        }
        yield return Alone($"memory after {Cells(Stops[^1])}", [kernel.Resident()], unit: "MB");
    }

    private static string Cells(int count) => count == 1 ? "1 cell" : FormattableString.Invariant($"{count:N0} cells");

    private Row Alone(string name, IReadOnlyList<double> samples, double? goal = null, string unit = "ms") =>
        new(Name, name, unit, Duel.Median(samples), Samples: samples, Goal: goal);
}
