namespace LmNotebooks.Languages;

/// <summary>A stem and what it means.</summary>
/// <param name="Rank">Rank in Zipf's law within its kind, from 1.</param>
/// <param name="Topic">The topic it belongs to; -1 for adverbs, which belong to none.</param>
/// <param name="Valence">-1, 0 or 1.</param>
/// <param name="Register">-1 or 1.</param>
/// <param name="Class">A noun's class; the class that a verb or adjective prefers.</param>
/// <param name="Intent">The intent that a verb or adverb expresses; -1 for others.</param>
public sealed record Stem(
    string Form, Slot Slot, int Rank, int Topic, int Valence, int Register, int Class, int Intent);
