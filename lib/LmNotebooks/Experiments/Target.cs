namespace LmNotebooks.Experiments;

/// <summary>An excess that runs reach, each with its own seed, and what is counted of them until then.</summary>
/// <param name="Arm">Its final excess is the target; null for what the hypothesis' own arm had before its last
/// stage.</param>
public sealed record Target(string? Arm, Spending Spending)
{
    /// <summary>How far above the target excess is near enough, as a share of the mean unigram gap.</summary>
    public double Margin { get; init; } = 0.02;

    /// <summary>Only the last stage of each run counts, as where what stands before it is there already and is used
    /// again. A run of one stage counts whole.</summary>
    public bool LastStage { get; init; }

    /// <summary>To replace a part in the last stage: the arm comes back to where it stood before, and only the
    /// replacement counts.</summary>
    public static Target Replacement(Spending spending) => new(null, spending) { Margin = 0.03, LastStage = true };
}
