namespace LmNotebooks.Experiments;

/// <summary>What an experiment expects, written before it runs: over all seeds, one arm lies below another in one
/// measure. It compares accuracies, gains or costs where it says so.</summary>
/// <param name="Claim">In words, as a sentence.</param>
/// <param name="Arm">The arm that the claim favours.</param>
/// <param name="Baseline">What it is compared with, seed by seed.</param>
public sealed record Hypothesis(string Name, string Claim, string Arm, string Baseline)
{
    /// <summary>A loss in nats per token, of which less is better, unless <see cref="IsAccuracy"/>.</summary>
    public string Measure { get; init; } = Experiment.Excess;

    /// <summary>The measure is an accuracy, 0 to 1: more is better.</summary>
    public bool IsAccuracy { get; init; }

    /// <summary>What is taken from the values of the arm and of the baseline, seed by seed; null for nothing. With a
    /// method at two widths as arm and baseline, and joint training at the same two to be taken away, the claim is
    /// about a slope: how the method's gap to joint training changes over the span between the widths. Of three widths
    /// at equal ratios the line of least squares has the same slope: the middle one has no weight in it.</summary>
    public (string Arm, string Baseline)? Less { get; init; }

    /// <summary>Where it is given, the arm reaches the target at less cost than the baseline; the measure does not
    /// matter then.</summary>
    public Target? Target { get; init; }

    /// <summary>The names of all arms that it speaks of.</summary>
    internal IEnumerable<string> Arms => new[] { Arm, Baseline, Less?.Arm, Less?.Baseline,
        Target?.Arm }.OfType<string>().Distinct();
}

/// <summary>What a run spends.</summary>
public enum Spending { Flops, CriticalPathFlops, Tokens }

/// <summary>An excess that runs reach, each with its own seed, and what is counted of them until then.</summary>
/// <param name="Arm">Its final excess is the target; null for what the hypothesis' own arm had before its last
/// stage.</param>
public sealed record Target(string? Arm, Spending Spending)
{
    /// <summary>How far above that excess is near enough, as a share of the mean unigram gap.</summary>
    public double Margin { get; init; } = 0.02;

    /// <summary>Only the last stage of each run counts, as where what stands before it is there already and is used
    /// again. A run of one stage counts whole.</summary>
    public bool LastStage { get; init; }

    /// <summary>To replace a part in the last stage: the arm comes back to where it stood before, and only the
    /// replacement counts.</summary>
    public static Target Replacement(Spending spending) => new(null, spending) { Margin = 0.03, LastStage = true };
}
