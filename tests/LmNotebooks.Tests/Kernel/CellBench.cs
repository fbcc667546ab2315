using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Scripting;

namespace LmNotebooks.Tests.Kernel;

/// <summary>A session in a folder of its own, whose cells are numbered from 1 and must succeed or fail as the test
/// says.</summary>
internal sealed class CellBench(RecordedOutput? output = null)
{
    private int cells;

    public string Folder { get; } = Directory.CreateTempSubdirectory("lm-session-").FullName;
    public RecordedOutput Output { get; } = output ?? new RecordedOutput();
    public Session Session => field ??= new Session(Folder);

    public Task<CellResult> RunAsync(string code, CancellationToken? token = null) =>
        Session.RunAsync(code, $"cell {++cells}", Output, token ?? TestContext.Current.CancellationToken);

    /// <returns>The bundle of the cell's value.</returns>
    public async Task<JsonObject?> ShowAsync(string code)
    {
        var result = await RunAsync(code);
        Assert.True(result.Error is null, string.Join('\n', result.Error?.Traceback ?? []));
        return result.Data;
    }

    public async Task<string?> ValueAsync(string code) => (string?)(await ShowAsync(code))?["text/plain"];

    public async Task<CellError> ErrorAsync(string code)
    {
        var result = await RunAsync(code);
        Assert.NotNull(result.Error);
        return result.Error;
    }

    /// <summary>Runs a cell, interrupts it when it has written "started", and fails if it does not end.</summary>
    public async Task<CellResult> InterruptAsync(string code)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = RunAsync(code, stop.Token);
        await await Task.WhenAny(Output.UntilAsync("started"), running);
        Assert.False(running.IsCompleted, "It ended by itself: "
            + string.Join('\n', running.IsCompleted ? (await running).Error?.Traceback ?? [] : []));
        await stop.CancelAsync();
        return await running.WaitAsync(Patience.Event);
    }
}
