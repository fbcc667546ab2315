namespace LmNotebooks.Languages;

/// <summary>Where a word stands in the structure of its document.</summary>
/// <param name="Depth">Phrases that the word is inside of, besides the main subject or object: those that a preposition
/// or "that" has begun and that have not ended. The words that begin a phrase stand outside of it; a verb stands where
/// its subject begins.</param>
/// <param name="Attractors">Of a verb: nouns between the head of its subject and itself that ask for another form,
/// being of another class or number; else 0.</param>
public readonly record struct Place(Word Word, int Depth, int Attractors);
