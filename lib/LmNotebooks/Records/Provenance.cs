using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace LmNotebooks.Records;

/// <summary>What a run was made with.</summary>
public static class Provenance
{
    /// <summary>Versions of the library's packages, the runtime and the system, and the kind of CPU: what decides the
    /// last bits of a loss.</summary>
    public static IReadOnlyDictionary<string, string> Versions { get; } = new SortedDictionary<string,
        string>(StringComparer.Ordinal)
    {
        ["cpu"] = Cpu,
        ["dotnet"] = Environment.Version.ToString(),
        ["system"] = RuntimeInformation.RuntimeIdentifier,
        ["torchsharp"] = typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3),
        ["libtorch"] = TorchSharp.torch.__version__,
    };

    /// <summary>Family, model and stepping of an x86 CPU as its own signature, and the widest vectors it has: its
    /// marketing name says neither.</summary>
    private static string Cpu => !X86Base.IsSupported ? RuntimeInformation.ProcessArchitecture.ToString()
        .ToLowerInvariant()
        : $"{X86Base.CpuId(1, 0).Eax:x8} {(Avx512F.IsSupported ? "avx512" : Avx2.IsSupported ? "avx2" : "sse")}";
}
