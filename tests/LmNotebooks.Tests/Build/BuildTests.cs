using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LmNotebooks.Tests.Guards;

namespace LmNotebooks.Tests.Build;

/// <summary>What the build promises: one libtorch for this system, another on request, a native library that
/// loads.</summary>
public class BuildTests
{
    private static string Library => Path.Combine(Root.Folder, "lib", "LmNotebooks");

    private static string MsBuild(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet",
            ["msbuild", Path.Combine(Library, "LmNotebooks.csproj"), "-nologo",
            .. arguments]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private static IEnumerable<string> Packages(string device) =>
        JsonNode.Parse(MsBuild("-getItem:PackageReference",
            $"-p:LmDevice={device}"))!["Items"]!["PackageReference"]!.AsArray().Select(p => (string)p!["Identity"]!);

    [Fact]
    public void The_default_build_asks_for_one_libtorch_and_for_no_CUDA() =>
        Assert.Matches("^libtorch-cpu-(linux-x64|win-x64|osx-arm64)$",
            Assert.Single(Packages("cpu"), p => p.Contains("torch-") || p.Contains("cuda")));

    [Fact]
    public void LmDevice_cuda_asks_for_the_CUDA_build_instead() =>
        Assert.Equal("TorchSharp-cuda-linux", Assert.Single(Packages("cuda"), p => p.Contains("torch-")
        || p.Contains("cuda")));

    [Fact]
    public void An_unknown_device_and_an_unsupported_system_get_one_sentence()
    {
        Assert.Contains("LmDevice is 'tpu': it must be cpu or cuda.", MsBuild("-t:LmCheckSystem", "-p:LmDevice=tpu"));
        Assert.Contains("libtorch is not published for linux-arm64",
            MsBuild("-t:LmCheckSystem", "-p:RuntimeIdentifier=linux-arm64", "-p:LmSupported=false"));
    }

    [Fact]
    public void A_real_text_lies_beside_the_library_and_is_the_same_everywhere() =>
        Assert.Equal("a9c5943d6193d1a019d85365931cfcd2ec0314c1f69bd0e6fcb90aaf99c412c0",
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Library, "bin", "notebook",
                "MathNet.Numerics.xml")))));

    [Fact]
    public void The_native_library_is_patched_in_the_output_and_untouched_in_the_package_cache()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only the Linux library needs it.");
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var original = File.ReadAllBytes(Path.Combine(packages, "torchsharp", "0.107.0", "runtimes", "linux-x64",
            "native", "libLibTorchSharp.so"));
        foreach (var folder in new[] { AppContext.BaseDirectory, Path.Combine(Library, "bin", "notebook") })
        {
            var patched = File.ReadAllBytes(Path.Combine(folder, "libLibTorchSharp.so"));
            Assert.Equal(original.Length, patched.Length);
            var changed = Assert.Single(Enumerable.Range(0, original.Length), i => original[i] != patched[i]);
            Assert.Equal(original[changed] | 2, patched[changed]);   // VER_FLG_WEAK
        }
        Assert.Equal(4, TorchSharp.torch.ones(2, 2).sum().item<float>());
    }
}
