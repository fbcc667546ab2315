namespace LmNotebooks.Experiments;

/// <summary>A setting of an arm that a <see cref="Choice"/> tries.</summary>
/// <param name="Name">The value, in a word.</param>
/// <param name="Of">Makes an arm one with it.</param>
public sealed record Option(string Name, Func<Arm, Arm> Of);
