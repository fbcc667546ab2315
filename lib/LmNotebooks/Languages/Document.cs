namespace LmNotebooks.Languages;

/// <summary>A document with the hidden causes that it was drawn under.</summary>
/// <param name="Ids">Word ids, without a start token.</param>
/// <param name="Sentences">First word of each sentence, and its latents.</param>
public sealed record Document(int[] Ids, IReadOnlyList<(int Start, Latents Latents)> Sentences);
