using static System.Environment;

namespace LmNotebooks.Kernel.Commands;

/// <summary>Where an installation goes.</summary>
/// <param name="Jupyter">A folder in whose <c>kernels</c> Jupyter and VS Code look.</param>
/// <param name="Bin">Folder of the launcher; null for none.</param>
internal sealed record InstallPlace(string Jupyter, string? Bin)
{
    private static string Home => Variable(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME")
        ?? GetFolderPath(SpecialFolder.UserProfile);

    /// <summary>For the person who runs this program.</summary>
    public static InstallPlace OfUser => new(Path.GetFullPath(Variable("JUPYTER_DATA_DIR") ?? OfSystem),
        Path.Combine(Home, ".local", "bin"));

    /// <summary>For all who use the programs installed below a folder, such as <c>/usr/local</c> or a Python
    /// environment.</summary>
    public static InstallPlace Below(string prefix) =>
        new(Path.Combine(Path.GetFullPath(prefix), "share", "jupyter"), null);

    /// <summary>Every folder where VS Code looks for kernels of this person, in its order.</summary>
    public static IEnumerable<string> Searched =>
    [
        .. (Variable("JUPYTER_PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        OfUser.Jupyter,
        .. OperatingSystem.IsWindows()
            ? new[] { Path.Combine(GetFolderPath(SpecialFolder.CommonApplicationData), "jupyter") }
            : ["/usr/local/share/jupyter", "/usr/share/jupyter"],
    ];

    private static string OfSystem =>
        OperatingSystem.IsWindows() ? Path.Combine(Variable("APPDATA") ?? GetFolderPath(SpecialFolder.ApplicationData),
            "jupyter")
        : OperatingSystem.IsMacOS() ? Path.Combine(Home, "Library", "Jupyter")
        : Path.Combine(Variable("XDG_DATA_HOME") ?? Path.Combine(Home, ".local", "share"), "jupyter");

    private static string? Variable(string name) => GetEnvironmentVariable(name) is { Length: > 0 } value ? value
        : null;
}
