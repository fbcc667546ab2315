using System.Reflection;
using System.Runtime.Loader;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Holds the assemblies of the cells, and loads what they refer to: what this program carries from this program, everything else
/// from beside the files that <c>#r</c> named.</summary>
internal sealed class CellAssemblies(References references) : AssemblyLoadContext("cells")
{
    private readonly Dictionary<string, Assembly> cells = [];

    public Assembly Add(Stream pe, Stream pdb)
    {
        var assembly = LoadFromStream(pe, pdb);
        return cells[assembly.GetName().Name!] = assembly;
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        cells.GetValueOrDefault(assemblyName.Name!) ?? (references.FileOf(assemblyName.Name!) is { } path ? LoadFromAssemblyPath(path) : null);
}
