using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LmNotebooks.Kernel.Packages;

/// <summary>Tells in one sentence what NuGet says in its own words
/// (learn.microsoft.com/nuget/reference/errors-and-warnings).</summary>
internal static partial class RestoreError
{
    /// <param name="log">An error in an assets file.</param>
    public static PackageException Of(JsonNode log)
    {
        var package = (string?)log["libraryId"];
        return new PackageException(package, Sentence((string)log["code"]!, package, (string)log["message"]!));
    }

    private static string Sentence(string code, string? package, string message)
    {
        var first = message.Split('\n')[0].Trim();
        return code switch
        {
            "NU1101" => $"There is no package '{package}' in {Part(Sources(), first)}: check its name.",
            "NU1102" => $"There is no version {Part(Wanted(), first)} of {package}: "
                + $"the nearest is {Part(Nearest(), message)}.",
            "NU1103" => $"There are only pre-releases of {package}: name one, "
                + $"#r \"nuget: {package}, {Part(Nearest(), message)}\".",
            "NU1202" => $"{Part(Incompatible(), first)} is not for .NET {Environment.Version.Major}: "
                + $"it supports {Supported(message)}.",
            "NU1212" or "NU1213" => $"{package} is a tool for the command line and has no library for a cell.",
            "NU1605" => $"{package} {Part(Downgrade(), first)} or newer is needed by another package: "
                + "ask for that version of it.",
            "NU1300" or "NU1301" or "NU1302" => $"Packages that are not on this machine cannot be downloaded: {first}",
            _ => first,
        };
    }

    private static string Part(Regex pattern, string text) =>
        pattern.Match(text) is { Success: true } found ? found.Groups[1].Value : "(not known)";

    private static string Supported(string message)
    {
        var frameworks = Framework().Matches(message.Split("supports:")[^1]);
        return string.Join(", ", frameworks.Select(m => m.Groups[1].Value).Distinct());
    }

    [GeneratedRegex(@"source\(s\): (.*?)\.?$")]
    private static partial Regex Sources();

    [GeneratedRegex(@"with version \((?:= )?([^)]*)\)")]
    private static partial Regex Wanted();

    [GeneratedRegex(@"Nearest version: ([^\s\]]+)")]
    private static partial Regex Nearest();

    [GeneratedRegex(@"^Package (\S+ \S+) is not compatible")]
    private static partial Regex Incompatible();

    [GeneratedRegex(@"([a-z0-9.-]+) \(\.NET")]
    private static partial Regex Framework();

    [GeneratedRegex(@"downgrade: \S+ from (\S+) to")]
    private static partial Regex Downgrade();
}
