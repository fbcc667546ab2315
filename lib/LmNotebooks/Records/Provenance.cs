using System.Runtime.InteropServices;

namespace LmNotebooks.Records;

/// <summary>What a run was made with.</summary>
public static class Provenance
{
    /// <summary>Versions of the library's packages, the runtime and the system.</summary>
    public static IReadOnlyDictionary<string, string> Versions { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["dotnet"] = Environment.Version.ToString(),
        ["system"] = RuntimeInformation.RuntimeIdentifier,
        ["torchsharp"] = typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3),
        ["libtorch"] = TorchSharp.torch.__version__,
    };
}
