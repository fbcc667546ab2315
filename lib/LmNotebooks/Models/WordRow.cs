namespace LmNotebooks.Models;

/// <summary>All that a model with a tied head knows of one word alone.</summary>
/// <param name="Vector">What stands for the word where it is read, and what a state is multiplied with where it is
/// predicted: C numbers.</param>
/// <param name="Bias">Added to its logit, in nats.</param>
public sealed record WordRow(double[] Vector, double Bias);
