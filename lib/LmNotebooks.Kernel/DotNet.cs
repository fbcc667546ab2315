using System.Runtime.InteropServices;
using Paths = System.IO.Path;

namespace LmNotebooks.Kernel;

/// <summary>The .NET that runs this program.</summary>
internal static class DotNet
{
    private static readonly string Runtime = RuntimeEnvironment.GetRuntimeDirectory();

    /// <summary>Path of the command <c>dotnet</c>: the process itself may be a test host or the launcher <c>lm</c>,
    /// and none need be on the PATH.</summary>
    public static string Path { get; } =
        Paths.GetFullPath(Paths.Combine(Runtime, "../../..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>Where the versions of a shared framework are installed, such as those of
    /// <c>Microsoft.AspNetCore.App</c>.</summary>
    public static string SharedFramework(string name) => Paths.GetFullPath(Paths.Combine(Runtime, "../..", name));
}
