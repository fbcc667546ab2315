using LmNotebooks.Records;

namespace LmNotebooks.Kernel.Commands;

/// <summary>Notebooks as a command line names them.</summary>
internal static class NotebookPattern
{
    private static readonly EnumerationOptions Exact = new()
    {
        MatchType = MatchType.Simple, IgnoreInaccessible = false, AttributesToSkip = 0,
    };

    /// <summary>The notebooks that a path or a pattern with * and ? in its last part names, in order of their names:
    /// relative to the current folder, else to the kit's notebooks. The name of a file that exists is that file,
    /// whatever characters it has.</summary>
    /// <exception cref="CommandException">There are none.</exception>
    public static IReadOnlyList<string> Find(string pattern)
    {
        string[] folders = Kit.TryFolder is { } root ? [Environment.CurrentDirectory, Path.Combine(root, "notebooks")]
            : [Environment.CurrentDirectory];
        foreach (var folder in folders)
        {
            var path = Path.GetFullPath(pattern, folder);
            var (directory, name) = (Path.GetDirectoryName(path), Path.GetFileName(path));
            if (!Directory.Exists(directory) || name.Length == 0) continue;
            if (File.Exists(path)) return [path];
            if (name.IndexOfAny(['*', '?']) < 0) continue;
            var found = Directory.GetFiles(directory, name.Replace(@"\", @"\\"), Exact)
                .Where(f => f.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal).ToArray();
            if (found.Length > 0) return found;
        }
        throw new CommandException($"There is no notebook '{pattern}' in {string.Join(" or ", folders)}.");
    }
}
