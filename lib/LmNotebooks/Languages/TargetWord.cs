namespace LmNotebooks.Languages;

/// <summary>A word form of the target language.</summary>
/// <param name="Source">The word form of the source that it translates.</param>
/// <param name="Sense">Which sense of that: 0 if there is only one; of a homonym 1 for the one in its stem's own topic,
/// 2 for the other.</param>
/// <param name="Topic">The topic of the stem; -1 where there is none.</param>
/// <param name="Share">Share of the times that the sense is said with this word; below 1 where it has a
/// synonym.</param>
public sealed record TargetWord(string Text, Word Source, Case Case, int Sense, int Topic, double Share);
