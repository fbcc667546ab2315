namespace LmNotebooks.Measures;

/// <summary>A quantity at all places of one kind.</summary>
/// <param name="Key">What the places have in common.</param>
/// <param name="Value">The mean over them, with a 95 % bootstrap interval over documents.</param>
/// <param name="Count">How many there are.</param>
public sealed record Group<TKey>(TKey Key, Interval Value, int Count);
