namespace LmNotebooks.Kernel.Packages;

/// <summary>Why packages that can be had cannot be used together with what is here already.</summary>
internal static class Refusals
{
    /// <exception cref="PackageException">Another version of one of them is loaded, or asked for beside it.</exception>
    public static void OfVersions(
        IReadOnlyList<PackageRequest> requests, IReadOnlyDictionary<string, RestoredPackage> loaded)
    {
        foreach (var request in requests)
            if (loaded.TryGetValue(request.Name, out var package) && !request.Allows(package.Version))
                throw new PackageException(request.Name,
                    $"{request} was asked for, and this session has {package.Version} of it: "
                    + "restart the kernel to change it.");
        var exact = requests.Where(r => r.Version is not null);
        foreach (var same in exact.GroupBy(r => r.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            throw new PackageException(same.Key,
                $"{same.First()} and {same.Last().Version} of it are asked for: leave one.");
    }

    /// <param name="runtime">Paths of the assemblies that were loaded, by name.</param>
    /// <exception cref="PackageException">It brings a newer version of an assembly that cells share with the program,
    /// or have loaded.</exception>
    public static void OfNewer(RestoredPackage package, PackageRequest request,
        IReadOnlyDictionary<string, RestoredPackage> loaded, IReadOnlyDictionary<string, string> runtime)
    {
        foreach (var file in package.Compile.Concat(package.Runtime.Values))
        {
            var name = AssemblyFile.Name(file);
            if (Carried.IsShared(name) && AssemblyFile.Version(file) > AssemblyFile.Version(Carried.Assemblies[name]))
            {
                var here = Carried.Find(package.Name)?.Version.ToString() ?? $"an older {name}";
                throw new PackageException(request.Name,
                    $"{request} needs {package}, and this kit carries {here}: "
                    + $"ask for an older version of {request.Name}.");
            }
            if (runtime.TryGetValue(name, out var first) && AssemblyFile.Version(file) > AssemblyFile.Version(first))
            {
                var here = loaded.GetValueOrDefault(package.Name)?.Version.ToString() ?? $"an older {name}";
                throw new PackageException(request.Name,
                    $"{request} needs {package}, and an earlier cell has loaded {here}: "
                    + "restart the kernel, and ask for both in one cell.");
            }
        }
    }

    /// <param name="closure">The package, and all that it needs.</param>
    /// <exception cref="PackageException">It has nothing for a cell. One that only names others is not meant: they may
    /// be here already.</exception>
    public static void OfEmpty(PackageRequest request, IReadOnlyList<RestoredPackage> closure)
    {
        if (closure.Any(p => p.Files.Any() || p.Frameworks.Count > 0)) return;
        var targets = closure.SelectMany(p => p.Targets).Distinct().ToList();
        if (targets.Count > 0)
            throw new PackageException(request.Name,
                $"{closure[0]} has no library for .NET {Environment.Version.Major}, "
                + $"only for {string.Join(", ", targets)}.");
        if (closure.Any(p => p.IsForBuilds))
            throw new PackageException(request.Name,
                $"{closure[0]} has nothing that a cell could use, only tools or files for builds.");
    }
}
