using LmNotebooks.Files;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Kernel.Commands;

/// <summary>Pages that this program writes. A page of the same name that somebody wrote by hand is not
/// replaced.</summary>
internal static class OwnPage
{
    private const int Head = 1000;   // characters in which a page says who wrote it

    public static void Write(string path, string html)
    {
        CheckWritable(path);
        WholeFile.Write(path, html);
    }

    /// <exception cref="CommandException">There is a page, and it is not ours; one sentence.</exception>
    /// <exception cref="IOException">The page cannot be written; one sentence.</exception>
    public static void CheckWritable(string path)
    {
        WholeFile.CheckWritable(path);
        if (!File.Exists(path) || WholeFile.IsBlank(path)) return;
        if (Begin(path).Contains(HtmlPage.Generator, StringComparison.Ordinal)) return;
        throw new CommandException($"{path} was not written by lm and would be lost: "
            + "move it away, or write to another folder with --out.");
    }

    private static string Begin(string path)
    {
        using var reader = new StreamReader(path);
        var head = new char[Head];
        return new string(head, 0, reader.ReadBlock(head));
    }
}
