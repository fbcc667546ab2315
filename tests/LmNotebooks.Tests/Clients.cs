namespace LmNotebooks.Tests;

/// <summary>Programs that some tests drive and that not every machine has.</summary>
public static class Clients
{
    /// <summary>Path of the first of the programs that is on the PATH. Without one the test is skipped, or fails where LM_REQUIRE_CLIENTS is 1.</summary>
    public static string Find(params string[] names) => Find(names, Environment.GetEnvironmentVariable("PATH") ?? "",
        required: Environment.GetEnvironmentVariable("LM_REQUIRE_CLIENTS") == "1");

    /// <summary>A browser that Playwright can drive.</summary>
    public static string Browser() => Find("chromium", "chromium-browser", "google-chrome");

    public static string Find(string[] names, string path, bool required)
    {
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        var found = from name in names from folder in path.Split(Path.PathSeparator) select Path.Combine(folder, name + suffix);
        if (found.FirstOrDefault(File.Exists) is { } program) return program;
        var reason = $"{string.Join(" or ", names)} is not on the PATH.";
        if (required) Assert.Fail(reason);
        Assert.Skip(reason);
        return "";
    }
}
