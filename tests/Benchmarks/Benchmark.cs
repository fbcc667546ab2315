namespace LmNotebooks.Benchmarks;

/// <summary>A question about speed or memory, and how it is measured. A new one is a class in this folder and a line in
/// <see cref="All"/>.</summary>
internal abstract class Benchmark
{
    public static IReadOnlyList<Benchmark> All { get; } =
        [new Gemm(), new Profile(), new Training(), new Architectures(), new Evaluation(), new Generating(),
            new EightRuns(), new Memory(), new Checkpoints(),
            new Tokenizing(), new KernelLatency()];

    /// <summary>As typed on the command line.</summary>
    public abstract string Name { get; }

    public abstract string Question { get; }

    /// <summary>Whether PyTorch does the same beside it.</summary>
    public virtual bool HasPyTorch => true;

    public abstract IEnumerable<Row> Run(Duel duel);
}

/// <summary>One line of the table.</summary>
/// <param name="Case">What was measured: size and threads.</param>
/// <param name="Ours">Our median, in <paramref name="Unit"/>.</param>
/// <param name="Peer">The peer's median, null where there is none; likewise the ratios.</param>
/// <param name="Ratios">Ours over the peer's, each of two measurements that followed each other.</param>
/// <param name="OfBest">Our fastest measurement over the peer's: what is left of the ratio where others use the machine
/// too.</param>
/// <param name="ByProcessor">Median ratio of work per second of processor time, which does not count waiting for
/// others; with two threads it says what was spent and not how fast it went.</param>
/// <param name="Samples">All of our measurements.</param>
/// <param name="Goal">What ours should stay under.</param>
internal sealed record Row(string Benchmark, string Case, string Unit, double Ours, double? Peer = null,
    IReadOnlyList<double>? Ratios = null,
    double? OfBest = null, double? ByProcessor = null, IReadOnlyList<double>? Samples = null, double? Goal = null);

/// <summary>One measurement: so much work, in so many seconds of the clock and of the processor.</summary>
internal readonly record struct Work(double Amount, double Seconds, double Processor);
