namespace LmNotebooks.Languages;

/// <summary>Values of all latents.</summary>
/// <param name="Topic">0 .. Topics-1.</param>
/// <param name="Polarity">-1 or 1.</param>
/// <param name="Register">-1 or 1.</param>
/// <param name="Intent">0 .. Intents-1.</param>
public readonly record struct Latents(int Topic, int Polarity, int Register, int Intent)
{
    private static readonly int[] Signs = [-1, 1];

    /// <summary>All values, z = 0 .. Z-1; the intent runs fastest.</summary>
    internal static IEnumerable<Latents> All(LinguaKnobs knobs) =>
        from topic in Enumerable.Range(0, knobs.Topics)
        from polarity in Signs
        from register in Signs
        from intent in Enumerable.Range(0, knobs.Intents)
        select new Latents(topic, polarity, register, intent);

    /// <summary>The place among all values.</summary>
    internal int Index(LinguaKnobs knobs) =>
        ((Topic * 2 + (Polarity + 1) / 2) * 2 + (Register + 1) / 2) * knobs.Intents + Intent;

    /// <summary>The value of one latent, counted from 0.</summary>
    public int Value(Latent which) => which switch
    {
        Latent.Topic => Topic, Latent.Polarity => (Polarity + 1) / 2, Latent.Register => (Register + 1) / 2, _ =>
            Intent,
    };

    /// <summary>The next other value of one latent.</summary>
    internal Latents Turned(Latent which, LinguaKnobs knobs) => which switch
    {
        Latent.Topic => this with { Topic = (Topic + 1) % knobs.Topics },
        Latent.Polarity => this with { Polarity = -Polarity },
        Latent.Register => this with { Register = -Register },
        _ => this with { Intent = (Intent + 1) % knobs.Intents },
    };
}

/// <summary>Seeds for independent random streams.</summary>
internal static class Seeds
{
    /// <summary>A seed that depends on all numbers and on their order (the finaliser of SplitMix64, Steele et al.
    /// 2014).</summary>
    internal static int Mix(params ReadOnlySpan<int> numbers)
    {
        var state = 0x9E3779B97F4A7C15ul;
        foreach (var number in numbers)
        {
            state += (uint)number + 0x9E3779B97F4A7C15ul;
            state = (state ^ state >> 30) * 0xBF58476D1CE4E5B9ul;
            state = (state ^ state >> 27) * 0x94D049BB133111EBul;
            state ^= state >> 31;
        }
        return (int)(state >> 33);
    }
}
