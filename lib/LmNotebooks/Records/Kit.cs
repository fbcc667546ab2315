namespace LmNotebooks.Records;

/// <summary>Where the kit lies on this machine.</summary>
public static class Kit
{
    private const string Mark = "LmNotebooks.sln";

    /// <summary>The kit's folder, the one with LmNotebooks.sln: above the current folder, else above the
    /// library.</summary>
    /// <exception cref="DirectoryNotFoundException">Neither lies in the kit; one sentence.</exception>
    public static string Folder => TryFolder
        ?? throw new DirectoryNotFoundException($"The kit's folder, the one with {Mark}, is not above "
            + $"{Environment.CurrentDirectory}: change to it and try again.");

    /// <summary>The kit's folder; null where there is none.</summary>
    public static string? TryFolder => Above(Environment.CurrentDirectory) ?? Above(AppContext.BaseDirectory)
        ?? Above(Path.GetDirectoryName(typeof(Kit).Assembly.Location)!);

    private static string? Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, Mark))) return at.FullName;
        return null;
    }
}
