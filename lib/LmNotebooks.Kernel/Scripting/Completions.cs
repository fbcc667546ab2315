namespace LmNotebooks.Kernel.Scripting;

/// <summary>Proposals for the text from <paramref name="Start"/> to <paramref name="End"/>, in UTF-16 units of the
/// cell.</summary>
public sealed record Completions(int Start, int End, IReadOnlyList<Completion> Items);
