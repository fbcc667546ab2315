using System.Diagnostics;
using System.Runtime.InteropServices;
using LmNotebooks.Kernel.Jupyter;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace LmNotebooks.Benchmarks;

/// <summary>Roslyn's own script session, in this process and with nothing around it, and with what a cell of ours
/// refers to.</summary>
internal sealed class ScriptHost
{
    private static readonly ScriptOptions Options = ScriptOptions.Default
        .WithReferences(((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => p.StartsWith(RuntimeEnvironment.GetRuntimeDirectory(), StringComparison.Ordinal))
                .Append(typeof(ConnectionFile).Assembly.Location)
            .Select(p => MetadataReference.CreateFromFile(p)))
        .WithImports("System", "System.Collections", "System.Collections.Generic", "System.IO", "System.Linq",
            "System.Text", "System.Threading",
            "System.Threading.Tasks")
        .WithOptimizationLevel(OptimizationLevel.Release).WithEmitDebugInformation(true);

    private ScriptState? state;

    /// <returns>Milliseconds.</returns>
    public double Cell(string code)
    {
        var clock = Stopwatch.StartNew();
        state = (state is null ? CSharpScript.RunAsync(code, Options) : state.ContinueWithAsync(code)).GetAwaiter()
            .GetResult();
        return clock.Elapsed.TotalMilliseconds;
    }
}
