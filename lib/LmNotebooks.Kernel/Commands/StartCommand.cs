using System.CommandLine;
using LmNotebooks.Records;

namespace LmNotebooks.Kernel.Commands;

/// <summary><c>lm start</c>, or <c>lm</c> alone: the first thing a reader runs.</summary>
internal static class StartCommand
{
    private const string First = "00-start-here.ipynb";

    public static Option<bool> NoInstall { get; } =
        new("--no-install") { Description = "Do not make the kernel known to VS Code and Jupyter." };

    public static Command Make()
    {
        var command = new Command("start", """
            Check this machine, make the kernel known to VS Code and Jupyter, execute notebook 00 and write it to out/ as a notebook and as a page.
            """)
        {
            NoInstall,
        };
        command.SetAction(RunAsync);
        return command;
    }

    public static async Task<int> RunAsync(ParseResult parsed, CancellationToken token)
    {
        var root = Kit.Folder;
        if (!DoctorCommand.Print(Machine.Check(root))) return CommandLine.Failure;
        if (!parsed.GetValue(NoInstall)) Install();
        var notebook = Path.Combine(root, "notebooks", First);
        return await new NotebookBatch([notebook]) { Out = Path.Combine(root, "out"), Html = true }.RunAsync(token);
    }

    /// <summary>Never a failure: the notebook runs without it.</summary>
    private static void Install()
    {
        try
        {
            var installed = new Installation(InstallPlace.OfUser).InstallKernel(force: false);
            Console.WriteLine($"ok      {"kernel",-15} {installed} 'lm uninstall' removes it.");
        }
        catch (Exception e) when (e is CommandException or IOException or UnauthorizedAccessException)
        {
            Console.WriteLine($"note    {"kernel",-15} {e.Message}");
        }
    }
}
