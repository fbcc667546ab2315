using LmNotebooks.Kernel.Scripting;

namespace LmNotebooks.Kernel.Jupyter;

/// <summary>What the kernel needs of a language. It is called from one thread, for one thing at a time.</summary>
public interface IInterpreter
{
    /// <inheritdoc cref="Session.RunAsync"/>
    Task<CellResult> RunAsync(string code, string cellName, IOutput output, CancellationToken token);

    /// <inheritdoc cref="LanguageService.CompleteAsync"/>
    Task<Completions> CompleteAsync(string code, int position, CancellationToken token);

    /// <inheritdoc cref="LanguageService.InspectAsync"/>
    Task<string?> InspectAsync(string code, int position, CancellationToken token);

    Completeness IsComplete(string code);

    /// <summary>Prepares for the first cell. Called from another thread, once a client has been told that the kernel is
    /// there.</summary>
    void Warm();
}
