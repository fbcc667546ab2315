namespace LmNotebooks.Measures;

/// <summary>How sure a reader is beside how often it is right (Guo et al. 2017): its logits are divided by one number,
/// which changes no answer, and only how sure it is of it.</summary>
public static class Temperature
{
    private const double Hottest = 1e3, Coldest = 1e-2, Near = 1e-4;
    private static readonly double Golden = (Math.Sqrt(5) - 1) / 2;

    /// <summary>The temperature with the least loss on answers that were not learned from; above 1 for a reader that is
    /// too sure. At most 1000, which leaves almost nothing of what it says, as of one that is wrong more often than
    /// right.</summary>
    /// <param name="answered">Of each text ln P of all answers, and the number of the right one.</param>
    public static double Of(IReadOnlyList<(double[] Logs, int Right)> answered)
    {
        // The loss is convex in 1 / T, so it has one valley over ln T, too: it is cut by the golden section.
        var (low, high) = (Math.Log(Coldest), Math.Log(Hottest));
        while (high - low > Near)
        {
            var (left, right) = (high - Golden * (high - low), low + Golden * (high - low));
            if (Loss(answered, Math.Exp(left)) <= Loss(answered, Math.Exp(right))) high = right;
            else low = left;
        }
        return Math.Exp((low + high) / 2);
    }

    /// <summary>Mean of -ln P of the right answers at a temperature, in nats.</summary>
    public static double Loss(IReadOnlyList<(double[] Logs, int Right)> answered, double temperature) =>
        answered.Average(a =>
        {
            var most = a.Logs.Max();
            var sum = a.Logs.Sum(log => Math.Exp((log - most) / temperature));
            return Math.Log(sum) - (a.Logs[a.Right] - most) / temperature;
        });
}
