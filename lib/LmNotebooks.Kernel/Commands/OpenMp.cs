using System.Runtime.InteropServices;

namespace LmNotebooks.Kernel.Commands;

/// <summary>How libtorch's idle threads wait. Spinning, which is what they do unasked, takes the cores from the runs
/// beside them.</summary>
internal static class OpenMp
{
    private const string Variable = "OMP_WAIT_POLICY", Passive = "passive";

    /// <summary>Makes them sleep. It must be called before libtorch loads, since OpenMP reads the variable then, and it
    /// reads the process's own environment, of which .NET changes only a copy outside of Windows.</summary>
    public static void SleepWhenIdle()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not null) return;
        Environment.SetEnvironmentVariable(Variable, Passive);
        if (!OperatingSystem.IsWindows()) SetEnvironmentVariable(Variable, Passive, overwrite: 1);
    }

    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetEnvironmentVariable(string name, string value, int overwrite);
}
