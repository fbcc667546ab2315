using System.Text.Json.Serialization;

namespace LmNotebooks.Experiments;

/// <summary>What an experiment expects, written before it runs: over all seeds, one arm lies below another in one
/// measure. It compares accuracies, gains or costs where it says so.</summary>
/// <param name="Claim">In words, as a sentence.</param>
/// <param name="Arm">The arm that the claim favours.</param>
/// <param name="Baseline">What it is compared with, seed by seed.</param>
public sealed record Hypothesis(string Name, string Claim, string Arm, string Baseline)
{
    /// <summary>A loss in nats per token, of which less is better, unless <see cref="IsAccuracy"/>. Where nobody knows
    /// the truth there is no excess, and it is <see cref="Experiment.Loss"/>.</summary>
    public string Measure { get; init; } = Experiment.Excess;

    /// <summary>The measure is an accuracy, 0 to 1: more is better.</summary>
    public bool IsAccuracy { get; init; }

    /// <summary>Where it is given, what is compared is the share of runs whose measure lies below it, and more is
    /// better: the mean of outcomes of two kinds is the outcome of no run.</summary>
    public double? Below { get; init; }

    /// <summary>What is taken from the values of the arm and of the baseline, seed by seed; null for nothing. With a
    /// method at two widths as arm and baseline, and joint training at the same two to be taken away, the claim is
    /// about a slope: how the method's gap to joint training changes over the span between the widths. Of three widths
    /// at equal ratios the line of least squares has the same slope: the middle one has no weight in it.</summary>
    public (string Arm, string Baseline)? Less { get; init; }

    /// <summary>Where it is given, the arm reaches the target at less cost than the baseline; the measure does not
    /// matter then.</summary>
    public Target? Target { get; init; }

    /// <summary>The hypothesis about arms that are called otherwise.</summary>
    internal Hypothesis Renamed(Func<string, string> name) => this with
    {
        Arm = name(Arm), Baseline = name(Baseline),
        Less = Less is { } less ? (name(less.Arm), name(less.Baseline)) : null,
        Target = Target is { Arm: { } arm } target ? target with { Arm = name(arm) } : Target,
    };

    /// <summary>The names of all arms that it speaks of.</summary>
    [JsonIgnore]   // what follows from the others is no part of what a hypothesis says
    public IEnumerable<string> Arms => new[] { Arm, Baseline, Less?.Arm, Less?.Baseline,
        Target?.Arm }.OfType<string>().Distinct();
}
