namespace LmNotebooks.Languages;

/// <summary>What is to be learned from one text: a document and its translation, or a document and the answer to a
/// question about it.</summary>
/// <param name="Source">Ids of the document, in its own language.</param>
/// <param name="Target">Ids of the translation, in the target's language; of an answer, one id.</param>
public sealed record Example(int[] Source, int[] Target);
