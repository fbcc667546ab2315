namespace LmNotebooks.Kernel.Scripting;

/// <summary>One proposal of a completion.</summary>
/// <param name="Text">What to insert.</param>
/// <param name="Kind">"method", "property", "class", "keyword" ...: what editors draw an icon for.</param>
/// <param name="Signature">The declaration in one line; empty for a keyword.</param>
public sealed record Completion(string Text, string Kind, string Signature);
