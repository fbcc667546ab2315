using LmNotebooks.Languages;
using MathNet.Numerics.Random;

namespace LmNotebooks.Models;

/// <summary>Text from any distribution, model or truth, one token at a time.</summary>
public static class Generation
{
    /// <summary>Draws <paramref name="count"/> tokens after <paramref name="prefix"/>; returns both.</summary>
    /// <param name="temperature">Probabilities are raised to the power 1 / temperature: 1 draws from the distribution as it is, towards
    /// 0 the likeliest token is taken.</param>
    /// <exception cref="ArgumentException">The temperature is not above 0.</exception>
    public static int[] Generate(this ISequenceDistribution distribution, IEnumerable<int> prefix, int count, int seed, double temperature = 1)
    {
        if (!(temperature > 0)) throw new ArgumentException($"The temperature is {temperature}: it must be above 0.");
        var random = new Xoshiro256StarStar(seed);
        var ids = prefix.ToList();
        for (var i = 0; i < count; i++)
        {
            var next = distribution.Next(ids);
            var top = next.Max();
            var weights = next.Select(p => Math.Pow(p / top, 1 / temperature)).ToArray();
            var left = random.NextDouble() * weights.Sum();
            var word = 0;
            while (word < weights.Length - 1 && (left -= weights[word]) >= 0) word++;
            ids.Add(word);
        }
        return [.. ids];
    }
}
