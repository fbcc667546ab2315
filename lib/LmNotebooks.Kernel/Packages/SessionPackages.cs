namespace LmNotebooks.Kernel.Packages;

/// <summary>The packages of a session: what its cells have asked for so far, with the files that come with it. An
/// assembly stays the one that it was first.</summary>
/// <param name="folder">The notebook's.</param>
internal sealed class SessionPackages(string folder)
{
    private readonly Dictionary<string, RestoredPackage> loaded = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The simple names of the assemblies that a package stands for, its dependencies' among them.</summary>
    private readonly Dictionary<string, string[]> own = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Paths by name: what code refers to, and what runs.</summary>
    private readonly Dictionary<string, string>
        compile = new(StringComparer.OrdinalIgnoreCase), runtime = new(StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> native = [], sources = [], outdated = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The native libraries of the packages.</summary>
    public IEnumerable<string> NativeFiles => native;

    /// <summary>Looks in a folder or at an address too, from here on.</summary>
    public void AddSource(string source) => sources.Add(source);

    /// <summary>Makes packages known, downloading what is missing.</summary>
    /// <param name="waiting">Called every second meanwhile, with what is waited for.</param>
    /// <returns>What the reader should know.</returns>
    /// <exception cref="PackageException">One of them cannot be used; then none is added.</exception>
    /// <exception cref="OperationCanceledException">By the token.</exception>
    public IReadOnlyList<string> Add(
        IReadOnlyList<PackageRequest> requests, Action<string, TimeSpan> waiting, CancellationToken token)
    {
        var wanted = requests.Where(r => Carried.Find(r.Name) is null).Distinct().ToList();
        Refusals.OfVersions(wanted, loaded);
        var missing = wanted.Where(r => !loaded.ContainsKey(r.Name))
            .OrderBy(r => r.Name, StringComparer.OrdinalIgnoreCase).ThenBy(r => r.Version is null)
            .DistinctBy(r => r.Name, StringComparer.OrdinalIgnoreCase).ToList();
        if (missing.Count > 0)
        {
            var known = Carried.Known.Concat(loaded.Values.Select(p => (p.Name, p.Version)));
            var project = new RestoreProject(folder, missing, sources, known);
            var names = string.Join(", ", missing);
            Take(Restore.Run(project, missing.All(r => r.IsExact), time => waiting(names, time), token), missing);
        }
        return [.. requests.Select(Note).OfType<string>().Distinct()];
    }

    /// <summary>The assemblies to which code may refer that asks for this package: its own, and those to which they
    /// refer; null if nothing is known of it.</summary>
    public IReadOnlyList<string>? Assemblies(PackageRequest request)
    {
        var names = Carried.Find(request.Name)?.Assemblies ?? own.GetValueOrDefault(request.Name);
        if (names is null) return null;
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names) Add(name);
        return [.. found.Values];

        void Add(string name)
        {
            if (found.ContainsKey(name) || Carried.IsOfRuntime(name)) return;
            var path = Carried.IsShared(name) ? Carried.Assemblies[name] : compile.GetValueOrDefault(name);
            if (path is null) return;
            found[name] = path;
            foreach (var reference in AssemblyFile.References(path)) Add(reference);
        }
    }

    /// <summary>The file of an assembly that runs; null if no package brought it.</summary>
    /// <param name="name"><c>Name</c>, or <c>de/Name.resources</c>.</param>
    public string? RuntimeFile(string name) => runtime.GetValueOrDefault(name);

    private void Take(RestoredPackages restored, IReadOnlyList<PackageRequest> requests)
    {
        var packages = restored.All.Values;
        foreach (var package in packages) Refusals.OfNewer(package, Asker(package), loaded, runtime);
        var frameworks = packages
            .SelectMany(p => p.Frameworks.SelectMany(f => SharedFramework.Assemblies(f, Asker(p)))).ToList();
        foreach (var request in requests) Refusals.OfEmpty(request, restored.Closure(request.Name));

        Offer(compile, packages.SelectMany(p => p.Compile).Concat(frameworks).Select(f => (AssemblyFile.Name(f), f)));
        Offer(runtime, packages.SelectMany(p => p.Runtime).Select(f => (f.Key, f.Value))
            .Concat(frameworks.Select(f => (AssemblyFile.Name(f), f))));
        foreach (var package in packages)
        {
            loaded.TryAdd(package.Name, package);
            native.UnionWith(package.Native);
            if (restored.IsForOtherFramework(package.Name)) outdated.Add(package.Name);
            var closure = restored.Closure(package.Name);
            var ofFramework = closure.Any(p => p.Frameworks.Count > 0) ? frameworks : [];
            own[package.Name] = [.. closure.SelectMany(p => p.Compile).Concat(ofFramework).Select(AssemblyFile.Name)];
        }

        PackageRequest Asker(RestoredPackage package) =>
            requests.FirstOrDefault(r => restored.Closure(r.Name).Contains(package), requests[0]);
    }

    /// <summary>Of several assemblies of one name the newest counts, unless one is here already.</summary>
    private static void Offer(Dictionary<string, string> files, IEnumerable<(string Name, string File)> found)
    {
        var own = found.Where(f => !Carried.IsShared(f.Name));
        foreach (var same in own.GroupBy(f => f.Name, f => f.File, StringComparer.OrdinalIgnoreCase))
            files.TryAdd(same.Key, same.MaxBy(AssemblyFile.Version)!);
    }

    private string? Note(PackageRequest request) =>
        Carried.Find(request.Name) is { } carried ? carried.Note(request)
        : outdated.Contains(request.Name) ? $"{loaded[request.Name]} was made for .NET Framework and may not work here."
        : request.IsExact ? null : loaded[request.Name].ToString();
}
