using LmNotebooks.Kernel.Scripting;

namespace LmNotebooks.Kernel.Jupyter;

/// <summary>A C# session that begins when it is first needed: it loads the compiler, and a client that waits for the
/// kernel should not wait for that.</summary>
/// <param name="folder">The notebook's folder.</param>
public sealed class LateSession(string folder) : IInterpreter
{
    private readonly Lazy<Session> session = new(() =>
    {
        var made = new Session(folder);
        // a cell that comes meanwhile waits for this: both at once load the compiler later than one
        made.WarmAsync().GetAwaiter().GetResult();
        return made;
    });

    private volatile bool warm;

    public Task<CellResult> RunAsync(string code, string cellName, IOutput output, CancellationToken token) =>
        session.Value.RunAsync(code, cellName, output, token);

    /// <summary>Nothing until the completion is loaded: nobody waits for that, and cells must not.</summary>
    public Task<Completions> CompleteAsync(string code, int position, CancellationToken token) =>
        warm ? session.Value.Language.CompleteAsync(code, position, token)
            : Task.FromResult(new Completions(position, position, []));

    /// <inheritdoc cref="CompleteAsync"/>
    public Task<string?> InspectAsync(string code, int position, CancellationToken token) =>
        warm ? session.Value.Language.InspectAsync(code, position, token) : Task.FromResult<string?>(null);

    public Completeness IsComplete(string code) => LanguageService.IsComplete(code);

    /// <summary>What loads the compiler goes first; what loads the completion need not be waited for by a
    /// cell.</summary>
    public void Warm()
    {
        try { session.Value.Language.WarmAsync().GetAwaiter().GetResult(); }
        finally { warm = true; }
    }
}
