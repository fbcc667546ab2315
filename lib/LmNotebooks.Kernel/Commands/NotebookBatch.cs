using LmNotebooks.Files;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Kernel.Commands;

/// <summary>Executes notebooks one after another, draws their progress and writes them, also those that
/// failed.</summary>
internal sealed class NotebookBatch(IReadOnlyList<string> notebooks)
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(30);

    /// <summary>File names that differ in case only are one file on Windows and macOS.</summary>
    private static readonly StringComparer Names =
        OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    public string? Scale { get; init; }

    /// <summary>For each notebook.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>Folder of the executed notebooks; null to write them where they are.</summary>
    public string? Out { get; init; }

    public bool Html { get; init; }

    /// <returns>The exit code: 0 if all cells of all notebooks succeeded.</returns>
    /// <exception cref="CommandException">The results would overwrite something else. Found out before anything
    /// runs.</exception>
    /// <exception cref="IOException">The results could not be written. Found out before anything runs.</exception>
    /// <exception cref="InvalidDataException">A file is not a notebook, or one of another language. Found out before
    /// anything runs.</exception>
    public async Task<int> RunAsync(CancellationToken token)
    {
        foreach (var path in notebooks) HeadlessRun.Read(path);
        if (notebooks.Select(Page).Distinct(Names).Count() < notebooks.Count)
            throw new CommandException("Two of these notebooks have the same name and would overwrite each other: run "
                + "them one by one, or with --in-place.");
        foreach (var path in notebooks) CheckWritable(path);

        var code = 0;
        foreach (var path in notebooks)
        {
            code = Math.Max(code, await RunAsync(path, token));
            if (code == CommandLine.Interrupted) break;
        }
        return code;
    }

    private async Task<int> RunAsync(string path, CancellationToken token)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var read = await File.ReadAllBytesAsync(path, token);
        var result = await ProgressView.DrawAsync(
            name, progress => HeadlessRun.ExecuteAsync(path, Scale, Timeout, progress, token));
        var code = 0;
        void Complain(string why, int with = CommandLine.Failure)
        {
            Console.Error.WriteLine($"{name}: {why}");
            code = with;
        }

        var target = Target(path);
        if (Out is null && File.Exists(path) && !read.AsSpan().SequenceEqual(File.ReadAllBytes(path)))
        {
            target = Unused(path);
            Complain("the notebook was changed while it ran: that is kept, and the results are beside it.");
        }
        result.Notebook.Write(target);
        Console.WriteLine($"Wrote {target}");
        if (Html)
        {
            var page = HtmlPage.Render(result.Notebook, name, Path.GetDirectoryName(path)!);
            OwnPage.Write(Page(path), page.Html);
            Console.WriteLine($"Wrote {Page(path)}");
            foreach (var warning in page.Warnings) Console.Error.WriteLine($"{name}: {warning}");
        }
        if (result.Cancelled) Complain("interrupted; what had run is written.", CommandLine.Interrupted);
        else if (result is { FailedCell: { } cell, Error: { } failure }) Complain($"cell {cell} failed: {failure}");
        else if (result.Error is { } error) Complain(error);
        return code;
    }

    private string Target(string path) => Out is null ? path : Path.Combine(Out, Path.GetFileName(path));

    private string Page(string path) => Path.ChangeExtension(Target(path), ".html");

    private static string Unused(string path) =>
        Enumerable.Range(1, int.MaxValue).Select(n => Path.ChangeExtension(path, $".executed-{n}.ipynb"))
            .First(p => !File.Exists(p));

    /// <summary>Minutes of training must not end at a folder that cannot be written.</summary>
    private void CheckWritable(string path)
    {
        var target = Target(path);
        if (Out is not null && WholeFile.Target(target) == WholeFile.Target(path))
            throw new CommandException($"The results would overwrite {path} itself: say so with --in-place, or name "
                + "another folder with --out.");
        try { Directory.CreateDirectory(Path.GetDirectoryName(target)!); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{target} cannot be written: {e.Message}");
        }
        WholeFile.CheckWritable(target);
        if (Html) OwnPage.CheckWritable(Page(path));
    }
}
