using System.Diagnostics;
using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Jupyter;
using NetMQ;

namespace LmNotebooks.Tests.Jupyter;

/// <summary>The kernel as clients start it: a process, with C# in its cells.</summary>
public sealed class KernelProcessTests : IDisposable
{
    private readonly Small.Folder folder = new();
    private readonly ConnectionFile file = KernelClient.FreePorts();
    private readonly List<Process> processes = [];
    private KernelClient? client;

    public void Dispose()
    {
        client?.Dispose();
        foreach (var process in processes)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }
        folder.Dispose();
    }

    private string Connection
    {
        get
        {
            var path = folder.File("connection of this kernel.json");
            KernelClient.Write(file, path);
            return path;
        }
    }

    private static string Lm => typeof(ConnectionFile).Assembly.Location;

    private Process Run(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.Path,
            RedirectStandardError = true, RedirectStandardOutput = true })!;
        processes.Add(process);
        return process;
    }

    private Process Start()
    {
        var process = Run("dotnet", Lm, "kernel", Connection);
        client = new KernelClient(file).Ready();
        return process;
    }

    private static int Code(Process process)
    {
        Assert.True(process.WaitForExit(Patience.Event), "The process did not end.");
        return process.ExitCode;
    }

    private static void Signal(string signal, Process process)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals to send.");
        using var kill = Process.Start("kill", [signal, $"{process.Id}"]);
        kill.WaitForExit();
    }

    private void StartEndless(string code, string references = "")
    {
        client!.Start($"{references}Console.WriteLine(\"running\"); {code}");
        client.Until(p => p.Type == "stream" && p["text"]!.Contains("running"));
    }

    [Fact]
    public void Cells_are_CSharp_in_the_folder_of_the_notebook()
    {
        var kernel = Start();
        Assert.Equal("3", (string?)client!.Execute("var x = 1 + 2; x").Only("execute_result")
            .Content["data"]!["text/plain"]);
        var answer = client.Execute("Console.Write(Environment.CurrentDirectory); int y = ;");
        Assert.Equal(("error", "CompilationError", "2"),
            (answer["status"], answer["ename"], answer["execution_count"]));
        Assert.Equal(folder.Path, client.Execute("Console.Write(Environment.CurrentDirectory)").Only("stream")["text"]);
        Assert.Equal("ok", client.Ask(client.Control, "shutdown_request")["status"]);
        Assert.Equal((0, ""), (Code(kernel), kernel.StandardError.ReadToEnd()));
    }

    /// <summary>The first request of all: the compiler is not loaded, and nothing is asked to load it before.</summary>
    [Theory]
    [InlineData("complete_request", "ok")]
    [InlineData("inspect_request", "ok")]
    [InlineData("is_complete_request", "complete")]
    public void A_question_right_after_the_start_is_answered_and_later_ones_are_known(string question, string status)
    {
        Run("dotnet", Lm, "kernel", Connection);
        client = new KernelClient(file);
        JsonObject Code() => new() { ["code"] = "Console.Write", ["cursor_pos"] = 13 };
        var id = client.Send(client.Shell, question, Code());
        var reply = client.Receive(client.Shell);
        Assert.Equal((id, status), (reply.Parent, reply["status"]));
        client.Ready();
        while (!client.Ask(client.Shell, "complete_request", Code())["matches"]!.Contains("WriteLine"))
            // nothing comes there: it passes the time
            Assert.False(KernelClient.Hears(client.Stdin, TimeSpan.FromMilliseconds(200)));
    }

    [Fact]
    public void A_call_that_never_comes_back_is_told_about_and_the_kernel_still_answers_and_ends()
    {
        var kernel = Start();
        StartEndless("System.Text.RegularExpressions.Regex.IsMatch(new string('a', 60) + \"!\", \"^(a+)+$\");");
        Assert.Equal("ok", client!.Ask(client.Control, "interrupt_request")["status"]);
        client.Until(p => p.Type == "stream" && p["text"]!.Contains("if it does not, restart the kernel"));
        Assert.Equal("ok", client.Ask(client.Control, "interrupt_request")["status"]);
        Assert.Equal("ok", client.Ask(client.Control, "kernel_info_request")["status"]);
        Assert.Equal("ok", client.Ask(client.Control, "shutdown_request")["status"]);
        Assert.Equal(0, Code(kernel));
    }

    [Fact]
    public void The_language_of_a_cell_in_the_metadata_of_its_message_counts()
    {
        Start();
        Answer Execute(string code, string metadata) =>
            client!.Await(client.Shell, client.Send(client.Shell, "execute_request", new() { ["code"] = code },
                JsonNode.Parse(metadata)!.AsObject()));
        var shown = Execute("*text*", """{"polyglot_notebook": {"kernelName": "markdown"}}""").Only("execute_result");
        Assert.Equal("*text*", (string?)shown.Content["data"]!["text/markdown"]);
        Assert.Contains("does not know 'fsharp'",
            Execute("let x = 1", """{"dotnet_interactive": {"language": "fsharp"}}""")["evalue"]);
        Assert.Equal("ok", Execute("1", """{"polyglot_notebook": {"kernelName": "csharp"}, "cellId": 5}""")["status"]);
    }

    [Fact]
    public void A_signal_to_interrupt_ends_the_cell_that_runs_and_not_the_kernel_and_one_to_end_does()
    {
        var kernel = Start();
        Signal("-INT", kernel);
        Assert.NotNull(client!.Execute("1")["status"]);   // "error" where the signal arrives only now
        StartEndless("LmNotebooks.Training.RunHost.Current.Cancellation.WaitHandle.WaitOne(); throw new "
            + "Exception(\"stopped\");", "#r \"LmNotebooks.dll\"\n");
        Signal("-INT", kernel);
        Assert.Equal("error", client.Receive(client.Shell)["status"]);
        Assert.Equal("ok", client.Execute("2")["status"]);
        Signal("-TERM", kernel);
        Assert.Equal(0, Code(kernel));
    }

    [Fact]
    public void An_endless_cell_that_fills_the_thread_pool_hinders_neither_heartbeat_nor_control_nor_the_end()
    {
        var kernel = Start();
        StartEndless("Parallel.For(0, 10_000, _ => { while (true) { } });");
        client!.Heartbeat.SendFrame("ping");
        Assert.Equal("ping", client.Heartbeat.ReceiveFrameString());
        Assert.Equal("ok", client.Ask(client.Control, "kernel_info_request")["status"]);
        Assert.Equal("ok", client.Ask(client.Control, "interrupt_request")["status"]);
        Signal("-TERM", kernel);
        Assert.Equal(0, Code(kernel));
    }

    [Fact]
    public void A_kernel_ends_cleanly_while_libtorch_computes()
    {
        var kernel = Start();
        StartEndless("var a = torch.randn(800, 800); while (true) a = torch.mm(a, a).tanh();",
            "#r \"TorchSharp.dll\"\nusing TorchSharp;\n");
        Signal("-TERM", kernel);
        Assert.Equal(0, Code(kernel));
    }

    [Fact]
    public void A_thread_that_a_cell_left_behind_does_not_keep_the_process_alive()
    {
        var kernel = Start();
        client!.Execute("using System.Threading;\nnew Thread(() => { while (true) Thread.Sleep(100); }) { IsBackground "
            + "= false }.Start()");
        client.Ask(client.Shell, "shutdown_request");
        Assert.Equal(0, Code(kernel));
    }

    [Fact]
    public void A_kernel_ends_with_the_client_that_started_it_also_while_a_cell_runs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There, a client hands down a handle.");
        var parent = Run("sh", "-c", "dotnet \"$0\" kernel \"$1\" & echo $!; wait", Lm, Connection);
        using var kernel = Process.GetProcessById(int.Parse(parent.StandardOutput.ReadLine()!));
        client = new KernelClient(file).Ready();
        StartEndless("while (true) { }");
        parent.Kill();
        Assert.True(kernel.WaitForExit(Patience.Event));
    }

    [Fact]
    public void A_second_kernel_on_the_same_ports_is_refused_in_a_sentence()
    {
        Start();
        var second = Run("dotnet", Lm, "kernel", Connection);
        var error = second.StandardError.ReadToEnd();
        Assert.StartsWith("The kernel cannot listen on 127.0.0.1:", Assert.Single(error.TrimEnd().Split('\n')));
        Assert.Equal(1, Code(second));
    }

    [Fact]
    public void Help_says_who_calls_it() => Assert.Contains("VS Code and Jupyter call it", Run("dotnet", Lm, "--help")
        .StandardOutput.ReadToEnd());

    [Fact]
    public void A_connection_file_that_is_not_there_is_refused_in_a_sentence()
    {
        var kernel = Run("dotnet", Lm, "kernel", folder.File("nowhere.json"));
        Assert.Contains("nowhere.json", Assert.Single(kernel.StandardError.ReadToEnd().TrimEnd().Split('\n')));
        Assert.Equal(1, Code(kernel));
    }

    [Fact]
    public async Task The_client_of_Jupyter_starts_runs_interrupts_restarts_and_ends_it()
    {
        var python = Clients.Find("python3", "/usr/bin");
        var kernels = Directory.CreateDirectory(folder.File("kernels/lmnotebooks")).FullName;
        File.WriteAllText(Path.Combine(kernels, "kernel.json"), new JsonObject
        {
            ["argv"] = new JsonArray("dotnet", Lm, "kernel", "{connection_file}"), ["display_name"] = "C#",
                ["language"] = "csharp", ["interrupt_mode"] = "message",
        }.ToJsonString());
        var script = Path.Combine(Guards.Root.Folder, "tests/LmNotebooks.Tests/Jupyter/jupyter_client_drives.py");
        var run = Run(python, script, folder.Path);
        var reading = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(Code(run) == 0, $"{output}\n{await reading}");
        Assert.Equal("""
            ready
            ok 1 ['busy', 'execute_input', 'stream hi', "execute_result {'text/plain': '3'}", 'idle']
            error 2 Exception boo
            interrupted: error
            restarted, count 1
            ended: True
            """.ReplaceLineEndings("\n"), output.ReplaceLineEndings("\n").TrimEnd());
    }
}
