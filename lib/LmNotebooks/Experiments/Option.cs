namespace LmNotebooks.Experiments;

/// <summary>One of the things that a <see cref="Choice"/> is among.</summary>
/// <param name="Name">The value, in a word.</param>
/// <param name="Of">Makes an arm one with it.</param>
public sealed record Option(string Name, Func<Arm, Arm> Of);
