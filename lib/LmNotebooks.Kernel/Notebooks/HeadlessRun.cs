namespace LmNotebooks.Kernel.Notebooks;

/// <summary>Executes a notebook without an editor, in a child process: a cell that never ends, or that takes the
/// process with it, costs a sentence and not the results before it.</summary>
public static class HeadlessRun
{
    /// <summary>The notebook of a file, if it can be executed.</summary>
    /// <exception cref="FileNotFoundException">There is no such notebook.</exception>
    /// <exception cref="InvalidDataException">The file is not a notebook, or one of another language.</exception>
    public static Notebook Read(string path)
    {
        var notebook = Notebook.Read(path);
        if (NotebookLanguage.Foreign(notebook) is not { } language) return notebook;
        var name = Path.GetFileName(path);
        throw new InvalidDataException(
            $"{name} is a notebook in {language}, and lm runs C#: run it with a kernel for {language}.");
    }

    /// <param name="scale">Value of LM_SCALE for the notebook; null leaves the environment as it is.</param>
    /// <param name="timeout">For the whole notebook.</param>
    /// <param name="progress">Called for every event, in order, from any thread.</param>
    /// <inheritdoc cref="Read"/>
    public static async Task<NotebookResult> ExecuteAsync(string path, string? scale, TimeSpan timeout,
        IProgress<NotebookEvent>? progress, CancellationToken token)
    {
        path = Path.GetFullPath(path);
        var notebook = Read(path);
        var executed = new ExecutedNotebook(notebook);
        var seconds = new Dictionary<int, double>();
        int? running = null;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        stop.CancelAfter(timeout);
        await using var worker = WorkerProcess.Start(path, scale);
        NotebookResult Result(int? cell, string? error, bool cancelled) =>
            new(executed.Finish(), cell, error, cancelled, seconds);
        NotebookResult Broken(string name, string error)
        {
            if (running is { } cell) executed.Fail(cell, name, error);
            return Result(running, error, false);
        }

        try
        {
            (int Cell, string Error)? failure = null;
            await foreach (var happened in worker.Events.ReadAllAsync(stop.Token))
            {
                progress?.Report(happened);
                switch (happened)
                {
                    case CellStarted started: executed.Start(started.Cell); running = started.Cell; break;
                    case CellEmitted emitted: executed.Add(emitted); break;
                    case DisplayUpdated update: executed.Update(update); break;
                    case CellCleared cleared: executed.Clear(cleared); break;
                    case CellEnded ended:
                        seconds[ended.Cell] = ended.Seconds;
                        running = null;
                        if (ended.Error is not null) failure = (ended.Cell, ended.Error);
                        break;
                    case RunEnded: return Result(failure?.Cell, failure?.Error, false);
                }
            }
            return Broken("Crash",
                $"The process that ran the notebook ended by itself ({await worker.LastWordsAsync()}).");
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return Result(null, null, true);
        }
        catch (OperationCanceledException)
        {
            var where = running is { } cell ? $"Cell {cell} was still running" : "No cell was running";
            return Broken("Timeout",
                $"{where} after {timeout.TotalSeconds:0.#} s: give the notebook more time with --timeout SECONDS.");
        }
    }
}
