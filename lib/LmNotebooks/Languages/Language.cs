namespace LmNotebooks.Languages;

/// <summary>Three languages with the same meanings: the source of a pair, its target, and a third one.</summary>
public enum Language { A, B, C }
