using System.Runtime.InteropServices;
using TorchSharp;

namespace LmNotebooks.Kernel.Commands;

/// <summary>One line of the check of a machine.</summary>
/// <param name="Fix">What to do; null if all is well.</param>
/// <param name="Fatal">Whether notebooks cannot run until it is mended.</param>
internal sealed record Finding(string Name, string Found, string? Fix = null, bool Fatal = false)
{
    public bool Able => Fix is null || !Fatal;
}

/// <summary>Looks at what the notebooks need of a machine.</summary>
internal static class Machine
{
    private const double NeededMemory = 2, NeededDisk = 1; // GiB

    /// <summary>Signs of an NVIDIA driver, on Linux and on Linux under Windows; the build looks for the same
    /// (Directory.Build.props).</summary>
    private static readonly string[] Drivers = ["/proc/driver/nvidia/version", "/usr/lib/wsl/lib/libcuda.so.1"];

    public static IEnumerable<Finding> Check(string root)
    {
        yield return new("system",
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, "
            + $"{RuntimeInformation.FrameworkDescription}");
        yield return new("CPU cores", $"{Environment.ProcessorCount}",
            Environment.ProcessorCount > 1 ? null
                : "notebooks take about twice the time they state; give the virtual machine a second core if it is "
                + "one");
        var library = NativeLibrary();
        yield return library;
        if (library.Fix is null)
            yield return new("device", torch.cuda.is_available() ? $"cuda, {torch.cuda.device_count()} GPU"
                : "cpu, which all notebooks are made for");
        GC.Collect(); // the memory load is measured by a collection
        var info = GC.GetGCMemoryInfo();
        var memory = Gibibytes(info.TotalAvailableMemoryBytes - info.MemoryLoadBytes);
        yield return new("free memory", $"{memory:0.0} GiB", memory >= NeededMemory ? null
            : $"close other programs: notebooks need {NeededMemory} GiB");
        var disk = Gibibytes(new DriveInfo(root).AvailableFreeSpace);
        yield return new("free disk", $"{disk:0.0} GiB", disk >= NeededDisk ? null
            : $"make room: downloads and results need {NeededDisk} GiB");
    }

    /// <summary>Why there is no GPU to train on; null if there is one.</summary>
    public static Finding? NoGpu()
    {
        if (torch.cuda.is_available()) return null;
        var (why, fix) =
            !OperatingSystem.IsLinux() ? ("the kit uses GPUs on Linux and on Linux under Windows (WSL 2) only",
                "run it there")
            : !Drivers.Any(File.Exists) ? ("no NVIDIA driver is loaded", "install the driver, and build again")
            : !Directory.EnumerateFiles(AppContext.BaseDirectory, "libtorch_cuda*").Any()
                ? ("this build carries libtorch for the CPU", "dotnet build -c Release -p:LmDevice=cuda")
            : ("libtorch cannot start CUDA with this driver",
                "run nvidia-smi: if it fails too, mend the driver, else update it");
        return new("GPU", $"none: {why}", fix, Fatal: true);
    }

    private static Finding NativeLibrary()
    {
        try
        {
            using var scope = torch.NewDisposeScope();
            var sum = torch.ones(64, 64).matmul(torch.ones(64, 64)).sum().item<float>();
            return sum == 64 * 64 * 64
                ? new("native library", $"libtorch {torch.__version__}, multiplied a matrix")
                : new("native library", $"libtorch multiplied a matrix wrongly ({sum})",
                    "delete the folders bin and obj and build again", Fatal: true);
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or NotSupportedException
            or ExternalException)
        {
            var why = e.GetBaseException().Message.Split('\n')[0];
            return new("native library", $"libtorch does not load: {why}",
                "delete the folders bin and obj, run 'dotnet build' and look at its warnings", Fatal: true);
        }
    }

    private static double Gibibytes(long bytes) => bytes / (double)(1L << 30);
}
