using System.Diagnostics;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>A C# session: cells run one after another and see what earlier ones declared. A cell that fails or is
/// interrupted keeps what it had assigned before. Run one cell at a time.</summary>
public sealed class Session
{
    private readonly string folder;
    private readonly CellCompiler compiler;
    private RunningCell? last;

    /// <summary>Completion and the like, against all that the cells have declared so far.</summary>
    public LanguageService Language { get; }

    /// <param name="folder">Where relative paths of <c>#r</c> and <c>#load</c> begin: the notebook's folder.</param>
    public Session(string folder)
    {
        this.folder = Path.GetFullPath(folder);
        compiler = new CellCompiler(new References(this.folder), this.folder);
        Language = new LanguageService(compiler.Options);
    }

    /// <summary>Compiles and runs one cell. Errors of the cell are in the result; this method throws none.</summary>
    /// <param name="cellName">What error messages call the cell: "cell 4".</param>
    /// <param name="output">Receives what the cell writes and displays; all text is there when the task ends, except
    /// what background tasks of the cell write later.</param>
    /// <param name="token">Interrupts the cell, and keeps it from beginning.</param>
    public Task<CellResult> RunAsync(string code, string cellName, IOutput output, CancellationToken token) =>
        Task.Run(() =>
    {
        if (token.IsCancellationRequested) return Task.FromResult(new CellResult(null, Errors.Interrupted()));
        last?.Forget();
        last = new RunningCell(output);
        return last.RunAsync(inner => ExecuteAsync(code, cellName, inner), token);
    }, CancellationToken.None);

    /// <summary>Compiles and runs something of no consequence in a session of its own, so that the first cell does not
    /// wait for it.</summary>
    public Task WarmAsync() => Task.Run(async () =>
    {
        const string Code = "await Task.Yield();\nnew[] { 1, 2 }.Select(x => new { x, y = $\"{x}\" })";
        var (cell, _) = new CellCompiler(new References(folder), folder).Compile(Code, "warm", CancellationToken.None);
        MimeBundle.Of(await cell!.Run());
    });

    private async Task<CellResult> ExecuteAsync(string code, string cellName, CancellationToken token)
    {
        var magic = Magic.Read(code);
        foreach (var wish in magic.Wishes) Tell(wish);
        if (magic.Result is { } result) return result;
        var (cell, error) = compiler.Compile(magic.Code, cellName, token);
        if (cell is null) return new CellResult(null, error);
        Language.Promote(cell.Declared);
        if (Advice.OfProgram(cell.Declared) is { } advice) Console.Error.WriteLine(advice);
        var clock = Stopwatch.StartNew();
        try
        {
            var value = await cell.Run();
            var isShown = value is DisplayHandle or DisplayedValue;
            return new CellResult(cell.HasValue && value is not null && !isShown ? MimeBundle.Of(value) : null, null);
        }
        finally
        {
            await cell.Dispose();
            if (magic.Wishes.Contains(Magic.Time))
                Console.WriteLine(FormattableString.Invariant($"Wall time: {clock.Elapsed.TotalSeconds:F3} s"));
        }
    }

    private void Tell(string wish)
    {
        if (wish == Magic.List) Console.Write(Magic.All);
        if (wish is not (Magic.Who or Magic.Whos)) return;
        var variables = compiler.Variables();
        if (variables.Count == 0) Console.WriteLine("There are no variables yet.");
        else if (wish == Magic.Whos) CellFunctions.display(variables);
        else Console.WriteLine(string.Join(", ", variables.Select(v => v.Name)));
    }
}
