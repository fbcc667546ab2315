using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LmNotebooks.Kernel.Packages;

/// <summary>What an assembly says of itself, read without loading it.</summary>
internal static class AssemblyFile
{
    /// <summary>The simple name of an assembly, which is that of its file.</summary>
    public static string Name(string path) => Path.GetFileNameWithoutExtension(path);

    public static Version Version(string path) => AssemblyName.GetAssemblyName(path).Version!;

    public static bool IsAssembly(string path)
    {
        try { return AssemblyName.GetAssemblyName(path) is not null; }
        catch (BadImageFormatException) { return false; }
    }

    /// <summary>Simple names of the assemblies that it was compiled against.</summary>
    public static IReadOnlyList<string> References(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }
}
