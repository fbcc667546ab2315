using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Kernel.Commands;

/// <summary>Executes notebooks one after another, draws their progress and writes them, also those that failed.</summary>
internal sealed class Batch(IReadOnlyList<string> notebooks)
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(30);

    public string? Scale { get; init; }

    /// <summary>For each notebook.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>Folder of the executed notebooks; null to write them where they are.</summary>
    public string? Out { get; init; }

    public bool Html { get; init; }

    /// <returns>The exit code: 0 if all cells of all notebooks succeeded.</returns>
    /// <exception cref="CommandException">The results could not be written. Found out before anything runs.</exception>
    /// <exception cref="InvalidDataException">A file is not a notebook. Found out before anything runs.</exception>
    public async Task<int> RunAsync(CancellationToken token)
    {
        foreach (var path in notebooks) Notebook.Read(path);
        var targets = notebooks.Select(Target).ToList();
        if (targets.Distinct().Count() < targets.Count)
            throw new CommandException("Two of these notebooks have the same name and would overwrite each other: run them one by one, or with --in-place.");
        foreach (var (path, target) in notebooks.Zip(targets)) CheckWritable(path, target);

        var code = 0;
        foreach (var (path, target) in notebooks.Zip(targets))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var result = await ProgressView.DrawAsync(name, progress => HeadlessRun.ExecuteAsync(path, Scale, Timeout, progress, token));
            result.Notebook.Write(target);
            Console.WriteLine($"Wrote {target}");
            if (Html)
            {
                var page = Path.ChangeExtension(target, ".html");
                try
                {
                    var rendered = HtmlPage.Render(result.Notebook, name, Path.GetDirectoryName(path)!);
                    File.WriteAllText(page, rendered.Html);
                    Console.WriteLine($"Wrote {page}");
                    foreach (var warning in rendered.Warnings) Console.Error.WriteLine($"{name}: {warning}");
                }
                catch (FormatException e)
                {
                    Console.Error.WriteLine($"{name}: the page was not written: {e.Message}");
                    code = CommandLine.Failure;
                }
            }
            if (result.Cancelled)
            {
                Console.Error.WriteLine($"{name}: interrupted; what had run is written.");
                return CommandLine.Interrupted;
            }
            if (result.Error is null) continue;
            Console.Error.WriteLine($"{name}: {(result.FailedCell is { } cell ? $"cell {cell} failed: " : "")}{result.Error}");
            code = CommandLine.Failure;
        }
        return code;
    }

    private string Target(string path) => Out is null ? path : Path.Combine(Out, Path.GetFileName(path));

    /// <summary>Minutes of training must not end at a folder that cannot be written.</summary>
    private void CheckWritable(string path, string target)
    {
        if (Out is not null && target == path)
            throw new CommandException($"The results would overwrite {path} itself: say so with --in-place, or name another folder with --out.");
        var probe = target + ".tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Create(probe).Dispose();
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{target} cannot be written: {e.Message}");
        }
        if (Directory.Exists(target)) throw new CommandException($"{target} cannot be written: it is a folder.");
    }
}
