using System.Reflection;
using System.Runtime.Loader;
using LmNotebooks.Kernel.Packages;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Holds the assemblies of the cells, and loads what they refer to: what this program carries from this
/// program, everything else from packages and from beside the files that <c>#r</c> named.</summary>
internal sealed class CellAssemblies(References references) : AssemblyLoadContext("cells")
{
    private readonly Dictionary<string, Assembly> cells = [];

    public Assembly Add(Stream pe, Stream pdb)
    {
        var assembly = LoadFromStream(pe, pdb);
        return cells[assembly.GetName().Name!] = assembly;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (cells.GetValueOrDefault(assemblyName.Name!) is { } cell) return cell;
        var file = references.FileOf(assemblyName.Name!, assemblyName.CultureName ?? "");
        return file is null ? null : LoadFromAssemblyPath(file);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        NativeLibraries.Load(unmanagedDllName, references.Packages.NativeFiles);
}
