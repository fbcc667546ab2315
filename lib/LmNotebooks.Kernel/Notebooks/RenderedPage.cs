namespace LmNotebooks.Kernel.Notebooks;

/// <param name="Html">The whole file.</param>
/// <param name="Warnings">What it shows less well than the notebook does: a sentence each, with the number of its
/// cell.</param>
public sealed record RenderedPage(string Html, IReadOnlyList<string> Warnings);
