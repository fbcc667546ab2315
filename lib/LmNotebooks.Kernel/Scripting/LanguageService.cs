namespace LmNotebooks.Kernel.Scripting;

/// <summary>One proposal of a completion.</summary>
/// <param name="Text">What to insert.</param>
/// <param name="Kind">"method", "property", "class", "keyword" ...: what editors draw an icon for.</param>
/// <param name="Signature">The declaration in one line; empty for a keyword.</param>
public sealed record Completion(string Text, string Kind, string Signature);

/// <summary>Proposals for the text from <paramref name="Start"/> to <paramref name="End"/>, in UTF-16 units of the cell.</summary>
public sealed record Completions(int Start, int End, IReadOnlyList<Completion> Items);

/// <summary>Whether a cell can run as it stands.</summary>
public enum Completeness { Complete, Incomplete, Invalid }

/// <summary>Answers what an editor asks about code that has not run: against all that earlier cells declared.</summary>
public sealed class LanguageService
{
    /// <summary>Makes what an executed cell declared known to later questions.</summary>
    internal void Promote(string code) { }

    /// <param name="position">In UTF-16 units.</param>
    public Task<Completions> CompleteAsync(string code, int position, CancellationToken token) =>
        Task.FromResult(new Completions(position, position, []));

    /// <returns>Signature and documentation of what stands at the position, as plain text; null if there is nothing to say.</returns>
    /// <param name="position">In UTF-16 units.</param>
    public Task<string?> InspectAsync(string code, int position, CancellationToken token) => Task.FromResult<string?>(null);

    public static Completeness IsComplete(string code) => Completeness.Complete;
}
