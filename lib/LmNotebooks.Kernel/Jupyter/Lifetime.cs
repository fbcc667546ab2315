using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LmNotebooks.Kernel.Jupyter;

/// <summary>When the process of a kernel ends: by signals, with its parent, or after a shutdown, whatever its cells are
/// doing.</summary>
internal sealed class Lifetime : IDisposable
{
    private const string WindowsParent = "JPY_PARENT_PID";
    private const nint CurrentProcess = -1;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private readonly PosixSignalRegistration[] signals;

    public Lifetime(Kernel kernel)
    {
        signals = [On(PosixSignal.SIGINT, kernel.Interrupt), On(PosixSignal.SIGTERM, kernel.Stop),
            On(PosixSignal.SIGHUP, kernel.Stop)];
        Background.Run("parent", () =>
        {
            if (OperatingSystem.IsWindows()) AwaitParentOnWindows();
            else AwaitParent();
            kernel.Stop();
        });
    }

    /// <summary>Ends the process at once, whatever threads cells left behind. Nothing is tidied up: libtorch crashes
    /// where its own tidying meets a computation under way.</summary>
    public static void End()
    {
        if (OperatingSystem.IsWindows()) TerminateProcess(CurrentProcess, 0);
        else _exit(0);
    }

    public void Dispose()
    {
        foreach (var signal in signals) signal.Dispose();
    }

    private static PosixSignalRegistration On(PosixSignal signal, Action act) =>
        PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        act();
    });

    /// <summary>An orphan gets another parent. Clients do not say who they are, so this looks now and then; the first
    /// process of a container has no parent to lose.</summary>
    private static void AwaitParent()
    {
        var parent = getppid();
        if (parent <= 1) Thread.Sleep(Timeout.Infinite);
        while (getppid() == parent) Thread.Sleep(Look);
    }

    /// <summary>There, clients hand down a handle of themselves.</summary>
    private static void AwaitParentOnWindows()
    {
        if (!nint.TryParse(Environment.GetEnvironmentVariable(WindowsParent), out var handle) || handle <= 0)
            Thread.Sleep(Timeout.Infinite);
        using var parent = new ManualResetEvent(false) { SafeWaitHandle =
            new SafeWaitHandle(handle, ownsHandle: false) };
        parent.WaitOne();
    }

    [DllImport("libc")]
    private static extern int getppid();

    [DllImport("libc")]
    private static extern void _exit(int code);

    [DllImport("kernel32")]
    private static extern bool TerminateProcess(nint process, uint code);
}
