using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using LmNotebooks.Languages;
using LmNotebooks.Records;

namespace LmNotebooks.Kernel.Commands;

/// <summary><c>lm fetch</c>: public corpora from the catalogue to the disk.</summary>
internal static class FetchCommand
{
    public static Command Make()
    {
        var name = new Argument<string?>("NAME") { Description = "The corpus; without it, the catalogue is listed.",
            Arity = ArgumentArity.ZeroOrOne };
        var folder = new Option<string?>("--out") { Description =
            "Folder for the corpus. Default: out/corpora of the kit, for a notebook ../out/corpora." };
        var command = new Command("fetch", "Download a public corpus, check it, and unpack it.") { name, folder };
        command.SetAction((parsed, token) =>
            parsed.GetValue(name) is { } wanted ? FetchAsync(wanted, parsed.GetValue(folder), token)
                : Task.FromResult(List()));
        return command;
    }

    private static int List()
    {
        ConsoleText.Table(["corpus", "MB", "licence", "what"],
            CorpusCatalogue.All.Select(c => (string[])[c.Name, Megabytes(c.Bytes), c.Licence, c.Title]));
        return 0;
    }

    private static async Task<int> FetchAsync(string name, string? folder, CancellationToken token)
    {
        folder ??= Path.Combine(Kit.Folder, "out", "corpora");
        var corpus = CorpusCatalogue.All.FirstOrDefault(c => c.Name == name)
            ?? throw new CommandException($"There is no corpus '{name}': 'lm fetch' lists them.");
        using var client = new HttpClient();
        var download = new Download(client);
        var path = LiveBars.Possible
            ? await LiveBars.DrawAsync(name, bars =>
                download.FetchAsync(corpus, folder, new Progress<DownloadProgress>(p =>
                    bars.Whole(name, p.Bytes, p.Of)), token))
            : await download.FetchAsync(corpus, folder, null, token);
        if (path.EndsWith(".zip")) await ZipFile.ExtractToDirectoryAsync(path, folder, overwriteFiles: true, token);
        Console.WriteLine($"{path}: {Megabytes(corpus.Bytes)} MB, "
            + $"{corpus.Licence}{(path.EndsWith(".zip") ? $"; unpacked to {folder}" : "")}");
        return 0;
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("F1", CultureInfo.InvariantCulture);
}
