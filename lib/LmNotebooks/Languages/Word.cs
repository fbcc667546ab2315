namespace LmNotebooks.Languages;

/// <summary>A word form: what the text is made of.</summary>
/// <param name="Stem">Index of its stem among those of its slot; for function words, of itself.</param>
/// <param name="Class">Class that a verb form agrees with, or of a noun; else 0.</param>
/// <param name="Plural">Whether a noun is plural, or a verb agrees with a plural.</param>
public sealed record Word(string Text, Slot Slot, int Stem, int Class, bool Plural);
