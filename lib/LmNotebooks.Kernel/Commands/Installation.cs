using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Kernel.Commands;

/// <summary>The kernel where Jupyter and VS Code find it, and the launcher <c>lm</c>. Files of other programs are never
/// touched unasked.</summary>
internal sealed class Installation(InstallPlace place)
{
    private const string LauncherMark = "LmNotebooks launcher, written by 'lm install', removed by 'lm uninstall'";
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n",
    };
    private static readonly string Name = (string)KernelInfo.KernelSpec["name"]!,
        Title = (string)KernelInfo.KernelSpec["display_name"]!;
    private static readonly string Program = typeof(Installation).Assembly.Location;

    private readonly OwnFile logo = new(Path.Combine(Folder(place.Jupyter), "logo-svg.svg"), Logo(), text =>
        text.Contains("LmNotebooks"));
    private readonly OwnFile kernel = new(Path.Combine(Folder(place.Jupyter), "kernel.json"), KernelJson(), IsOurs);
    private readonly OwnFile? launcher = place.Bin is null ? null
        : new(Path.Combine(place.Bin, OperatingSystem.IsWindows() ? "lm.cmd" : "lm"), Launcher(), text =>
            text.Contains(LauncherMark), Executable: true);

    /// <returns>What was done, in one sentence.</returns>
    /// <exception cref="CommandException">Another program's kernel of that name is there, or the files cannot be
    /// written.</exception>
    public string InstallKernel(bool force)
    {
        if (!force) RefuseForeign("replaces");
        var before = kernel.State == FileState.Current && logo.State != FileState.Current ? FileState.Older
            : kernel.State;
        if (before != FileState.Current)
        {
            logo.Write();
            kernel.Write();
        }
        return $"{Done(before)} the kernel {Title} in {Folder(place.Jupyter)}.";
    }

    /// <returns>What was done, in one sentence; null where the place has none.</returns>
    /// <exception cref="CommandException">The launcher cannot be written.</exception>
    public string? InstallLauncher(bool force)
    {
        if (launcher is null) return null;
        var before = launcher.State;
        if (before == FileState.Foreign && !force)
            return $"Left {launcher.Path} as it is: it is another program's; --force replaces it.";
        if (before != FileState.Current) launcher.Write();
        var hint = OnPath(place.Bin!) ? "" : $" {place.Bin} is not on PATH: add it, or call the command by its path.";
        return $"{Done(before)} the command {launcher.Path}.{hint}";
    }

    /// <returns>What was done, a sentence each.</returns>
    /// <exception cref="CommandException">Another program's kernel of that name is there, or a file cannot be
    /// removed.</exception>
    public IReadOnlyList<string> Uninstall(bool force)
    {
        if (!force) RefuseForeign("removes");
        OwnFile[] files = launcher is null ? [kernel, logo] : [kernel, logo, launcher];
        var there = files.Where(f => f.State != FileState.Missing)
            .ToLookup(f => f.State == FileState.Foreign && !force);
        foreach (var file in there[false]) file.Remove();
        var folder = Folder(place.Jupyter);
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
        return
        [
            .. there[false].Any() ? there[false].Select(f => $"Removed {f.Path}.")
                : [$"There is no kernel {Title} in {folder}: nothing to remove."],
            .. there[true].Select(f => $"Left {f.Path} as it is: it is another program's."),
        ];
    }

    /// <summary>Whether editors find the kernel, and whether it is this program.</summary>
    public static Finding Check()
    {
        Finding Found(string what, string? fix = null) => new("kernel", what, fix);
        var installed = InstallPlace.Searched.Select(j => new Installation(new InstallPlace(j, null)).kernel)
            .FirstOrDefault(k => k.State != FileState.Missing);
        if (installed is null) return Found("not installed, so VS Code and Jupyter do not offer it", "lm install");
        if (installed.State == FileState.Current) return Found($"{Title}, {installed.Path}");
        if (installed.State == FileState.Foreign)
            return Found($"{installed.Path} is another program's", "lm install --force replaces it");
        var argv = Argv(File.ReadAllText(installed.Path));
        return Found(argv.Take(2).FirstOrDefault(f => !File.Exists(f)) is { } missing
            ? $"{installed.Path} starts {missing}, which does not exist"
            : argv[1] != Program ? $"{installed.Path} starts another build, {argv[1]}"
            : $"{installed.Path} is older than this program", "lm install");
    }

    private static string Done(FileState before) =>
        before switch { FileState.Missing => "Installed", FileState.Current => "Up to date:", FileState.Older =>
            "Updated", _ => "Replaced" };

    private void RefuseForeign(string does)
    {
        if (new[] { kernel, logo }.FirstOrDefault(f => f.State == FileState.Foreign) is { } other)
            throw new CommandException($"{other.Path} is another program's kernel of the name {Name}: --force {does} "
                + "it.");
    }

    private static string Folder(string jupyter) => Path.Combine(jupyter, "kernels", Name);

    private static bool IsOurs(string kernelJson) => Argv(kernelJson) is [_, { } dll, "kernel", ..]
        && dll.Split('/', '\\')[^1] == "lm.dll";

    private static string[] Argv(string kernelJson)
    {
        try { return JsonSerializer.Deserialize<Spec>(kernelJson, JsonSerializerOptions.Web)?.Argv ?? []; }
        catch (JsonException) { return []; }
    }

    private sealed record Spec(string[]? Argv);

    private static string KernelJson() => new JsonObject
    {
        ["argv"] = new JsonArray(DotNet.Path, Program, "kernel", "{connection_file}"),
        ["display_name"] = Title, ["language"] = (string)KernelInfo.KernelSpec["language"]!,
            ["interrupt_mode"] = "message",
        ["env"] = new JsonObject { ["OMP_WAIT_POLICY"] = "passive" }, // libgomp reads it when it is loaded
        ["metadata"] = new JsonObject { ["debugger"] = false },
    }.ToJsonString(Format) + "\n";

    private static string Launcher() => OperatingSystem.IsWindows()
        ? $"@rem {LauncherMark}\r\n@\"{DotNet.Path.Replace("%", "%%")}\" \"{Program.Replace("%", "%%")}\" %*\r\n"
        : $"#!/bin/sh\n# {LauncherMark}\nexec {Quoted(DotNet.Path)} {Quoted(Program)} \"$@\"\n";

    private static string Quoted(string path) => $"'{path.Replace("'", @"'\''")}'";

    private static string Logo()
    {
        using var reader = new StreamReader(typeof(Installation).Assembly.GetManifestResourceStream("logo.svg")!);
        return reader.ReadToEnd();
    }

    private static bool OnPath(string folder)
    {
        var comparer = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(Path.TrimEndingDirectorySeparator).Contains(folder, comparer);
    }
}
