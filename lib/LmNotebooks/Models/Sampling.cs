namespace LmNotebooks.Models;

/// <summary>How the next token is drawn from the probabilities of a model.</summary>
public sealed record Sampling
{
    /// <summary>Takes the likeliest token.</summary>
    public static Sampling Greedy { get; } = new() { TopK = 1 };

    /// <summary>Probabilities are raised to the power 1 / temperature: 1 draws from the distribution as it is, towards
    /// 0 the likeliest token is taken.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Only so many of the likeliest tokens are drawn from (Fan et al. 2018).</summary>
    public int TopK { get; init; } = int.MaxValue;

    /// <summary>Only the likeliest tokens that together have this probability are drawn from (Holtzman et al.
    /// 2020).</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Weights of the tokens, the likeliest 1; 0 for those that are not drawn.</summary>
    public double[] Weights(double[] probabilities)
    {
        var top = probabilities.Max();
        var weights = probabilities.Select(p => Math.Pow(p / top, 1 / Temperature)).ToArray();
        if (TopK >= weights.Length && TopP >= 1) return weights;
        var (left, sum) = (TopP * weights.Sum(), 0.0);
        var kept = weights.Index().OrderByDescending(w => w.Item).Take(TopK)
            .TakeWhile(w => (sum += w.Item) - w.Item < left)
            .ToDictionary(w => w.Index, w => w.Item);
        return [.. weights.Select((_, word) => kept.GetValueOrDefault(word))];
    }

    /// <summary>Refuses impossible values.</summary>
    /// <exception cref="ArgumentException">One sentence naming the value and what would be right.</exception>
    public void Check()
    {
        if (!(Temperature > 0))
            throw new ArgumentException($"The temperature is {Temperature}: it must be above 0; Sampling.Greedy takes "
                + "the likeliest token.");
        if (TopK < 1) throw new ArgumentException($"TopK is {TopK}: it must be at least 1.");
        if (!(TopP > 0 && TopP <= 1)) throw new ArgumentException($"TopP is {TopP}: it must be above 0 and at most 1.");
    }
}
