namespace LmNotebooks.Languages;

/// <summary>What the noun phrase that a word belongs to does in its sentence; none of verbs, adverbs, full stops and
/// what joins phrases.</summary>
public enum Tag { None, Subject, Object, RelativeSubject, AfterPreposition }
