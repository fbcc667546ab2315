using LmNotebooks.Training;

namespace LmNotebooks.Experiments;

/// <summary>How large everything is: the one knob of a notebook.</summary>
/// <param name="TrainTokens">Tokens that a model trains on.</param>
/// <param name="TestDocuments">Documents that it is tested on.</param>
/// <param name="Width">Width of the residual stream.</param>
/// <param name="Seeds">Seeds of a repeated run; each has a language, an initialisation and a data order of its
/// own.</param>
public sealed record Scale(string Name, long TrainTokens, int TestDocuments, int Width, int Layers, int Heads,
    int Seeds, Schedule Schedule, TrainingOptions Options)
{
    /// <summary>Answers to each question that a model trains on, where there are questions.</summary>
    public int Labels { get; init; } = 512;

    private const string Variable = "LM_SCALE";

    /// <summary>Seconds: shows that everything runs, not what comes out.</summary>
    public static Scale Ci { get; } = new("Ci", 30_000, 40, 32, 1, 2, 2, new Schedule { Peak = 1e-2 },
        new TrainingOptions { Evaluations = 5 }) { Labels = 64 };

    /// <summary>Minutes on two cores: the scale of the kit's statements.</summary>
    public static Scale Laptop { get; } = new("Laptop", 500_000, 400, 64, 2, 4, 3, new Schedule(),
        new TrainingOptions());

    /// <summary>Minutes on a graphics card.</summary>
    public static Scale Gpu { get; } = new("Gpu", 20_000_000, 2_000, 256, 4, 8, 3, new Schedule { Peak = 1e-3 },
        new TrainingOptions { BatchRows = 128 });

    /// <summary>From the smallest to the largest.</summary>
    public static IReadOnlyList<Scale> All { get; } = [Ci, Laptop, Gpu];

    /// <summary>What the environment variable LM_SCALE names; Laptop where it is not set.</summary>
    /// <exception cref="ArgumentException">It names no scale.</exception>
    public static Scale Chosen => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } name ? Named(name)
        : Laptop;

    /// <exception cref="ArgumentException">There is no scale of that name.</exception>
    public static Scale Named(string name) =>
        All.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no scale '{name}': it is one of "
            + $"{string.Join(", ", All.Select(s => s.Name))}.");

    public override string ToString() => $"{Name}: {TrainTokens:N0} training tokens, width {Width}, {Layers} layers";
}
