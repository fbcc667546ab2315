using LmNotebooks.Kernel.Scripting;

namespace LmNotebooks.Tests.Kernel;

/// <summary>Asks a language service as somebody at a cell does.</summary>
public abstract class LanguageQuestions
{
    /// <summary>Stands for the cursor in the codes of these tests.</summary>
    private protected const string Cursor = "|";
    private protected static readonly string Library =
        $"#r \"{typeof(LmNotebooks.Training.Schedule).Assembly.Location}\"\nusing LmNotebooks.Training;";

    /// <summary>Serves all tests that run no cells: a language service takes a second to start.</summary>
    private protected static readonly LanguageService Fresh = new Session(Path.GetTempPath()).Language;

    private Session? session;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected LanguageService Language => session?.Language ?? Fresh;

    private protected Task<CellResult> TryAsync(string cell) => (session ??= new Session(Path.GetTempPath()))
        .RunAsync(cell, "cell", new RecordedOutput(), Token);

    private protected async Task RunAsync(params IEnumerable<string> cells)
    {
        foreach (var cell in cells)
        {
            var result = await TryAsync(cell);
            Assert.True(result.Error is null, string.Join('\n', result.Error?.Traceback ?? []));
        }
    }

    private protected Task<Completions> CompleteAsync(string code)
    {
        var at = code.IndexOf(Cursor, StringComparison.Ordinal);
        return Language.CompleteAsync(code.Remove(at, Cursor.Length), at, Token);
    }

    private protected async Task<IReadOnlyList<string>> TextsAsync(string code) =>
        [.. (await CompleteAsync(code)).Items.Select(i => i.Text)];

    private protected async Task<Completion> ItemAsync(string code, string text) =>
        Assert.Single((await CompleteAsync(code)).Items, i => i.Text == text);

    private protected Task<string?> InspectAsync(string code)
    {
        var at = code.IndexOf(Cursor, StringComparison.Ordinal);
        return Language.InspectAsync(code.Remove(at, Cursor.Length), at, Token);
    }
}
