using System.Text.Json.Nodes;

namespace LmNotebooks.Tests.Kernel;

public class DoctorTests
{
    private readonly LmProcess lm = new(new NotebookFolder().Path);

    [Fact]
    public async Task Doctor_loads_the_native_library_trains_on_it_and_names_what_is_missing_for_editors()
    {
        var ran = await lm.RunAsync("doctor");
        Assert.Matches("ok +native library +libtorch .*multiplied a matrix", ran.Out);
        Assert.Matches(@"ok +arithmetic +\d+ kernels compute what their definitions say", ran.Out);
        Assert.Matches(@"ok +training, cpu +20 steps, loss \d\.\d{3} to \d\.\d{3}, twice the same", ran.Out);
        Assert.Matches("warning kernel +not installed.* -> lm install", ran.Out);
        Assert.Equal((0, ""), (ran.Code, ran.Error));
    }

    [Fact]
    public async Task Doctor_finds_the_installed_kernel()
    {
        await lm.RunAsync("install");
        Assert.Matches(@"ok +kernel +C# \(LmNotebooks\), .*kernel\.json", (await lm.RunAsync("doctor")).Out);
    }

    [Theory]
    [InlineData("""{ "argv": ["/gone/dotnet", "/gone/lm.dll", "kernel", "{connection_file}"] }""",
        "starts /gone/dotnet, which does not exist -> lm install")]
    [InlineData("{}", "another program's -> lm install --force")]
    public async Task Doctor_says_how_to_mend_a_kernel_that_would_not_start(string kernelJson, string words)
    {
        lm.Write(Path.Combine(lm.Kernel, "kernel.json"), kernelJson);
        var ran = await lm.RunAsync("doctor");
        Assert.Contains(words, ran.Out);
        Assert.Equal(0, ran.Code);   // notebooks run all the same, without an editor
    }

    [Fact]
    public async Task Doctor_notices_that_the_kernel_is_another_build()
    {
        var other = lm.Write(Path.Combine(lm.Home, "lm.dll"), "");
        lm.Write(Path.Combine(lm.Kernel, "kernel.json"),
            new JsonObject { ["argv"] = new JsonArray(other, other, "kernel") }.ToJsonString());
        Assert.Contains($"starts another build, {other} -> lm install", (await lm.RunAsync("doctor")).Out);
    }

    [Fact]
    public async Task A_missing_GPU_is_a_failure_only_where_one_is_asked_for()
    {
        var ran = await lm.RunAsync("doctor", "--gpu");
        if (TorchSharp.torch.cuda.is_available()) Assert.Matches("ok +training, cuda +20 steps", ran.Out);
        else Assert.Matches("FAILED +GPU +none: .* -> ", ran.Out);
        Assert.Equal(TorchSharp.torch.cuda.is_available() ? 0 : 1, ran.Code);
    }
}
