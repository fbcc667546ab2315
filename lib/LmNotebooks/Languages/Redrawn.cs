namespace LmNotebooks.Languages;

/// <summary>A prefix, the same prefix redrawn with another value of one latent and all else held, and what follows the
/// first.</summary>
public sealed record Redrawn(int[] Prefix, int[] Counterfactual, int[] Continuation);
