using System.Runtime.InteropServices;

namespace LmNotebooks.Kernel.Packages;

/// <summary>Loads the native libraries of packages, which lie each in a folder of its own.</summary>
internal static class NativeLibraries
{
    private static readonly (string Prefix, string Suffix) Convention =
        OperatingSystem.IsWindows() ? ("", ".dll") : OperatingSystem.IsMacOS() ? ("lib", ".dylib") : ("lib", ".so");

    /// <param name="name">As the code says that calls it: <c>e_sqlite3</c> for <c>libe_sqlite3.so</c>.</param>
    /// <returns>Its handle, or 0 where it is none of these files.</returns>
    /// <exception cref="DllNotFoundException">It is there and cannot be loaded.</exception>
    public static nint Load(string name, IEnumerable<string> files)
    {
        var (prefix, suffix) = Convention;
        string[] names = [name, name + suffix, prefix + name + suffix, prefix + name];
        var named = files.ToLookup(f => Path.GetFileName(f), StringComparer.OrdinalIgnoreCase);
        if (names.SelectMany(n => named[n]).FirstOrDefault() is not { } file) return 0;
        if (NativeLibrary.TryLoad(file, out var handle)) return handle;
        // It may need one of the others, which the system takes from among those loaded.
        foreach (var other in files.Where(f => f != file)) NativeLibrary.TryLoad(other, out _);
        return NativeLibrary.Load(file);
    }
}
