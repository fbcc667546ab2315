using LmNotebooks.Figures;
using LmNotebooks.Measures;

namespace LmNotebooks.Charts;

/// <summary>Excess over the entropy of the language against what a model costs: a line for each family of
/// models.</summary>
public static class ScalingCurves
{
    /// <param name="cost">What is paid, in the plural and with its unit if it has one: "parameters", "tokens", "FLOPs",
    /// "seconds of training".</param>
    /// <param name="models">Each with its family, its cost and its excess in nats per token, mean over the seeds with
    /// its 95 % interval.</param>
    /// <exception cref="ArgumentException">There is no model, or a cost is not above 0.</exception>
    public static Figure Of(string cost, params IEnumerable<(string Family, string Name, double Cost,
        Interval Excess)> models) => MeasuredCurves.Of(
        new Axis(cost, Log: true), new Axis("excess (nats per token)"),
        new Reference("0: the truth", 0, Below: true),
            models.Select(m => (m.Family, (string?)m.Name, m.Cost, m.Excess)));
}
