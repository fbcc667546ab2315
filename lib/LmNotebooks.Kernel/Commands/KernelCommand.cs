using System.CommandLine;
using LmNotebooks.Kernel.Jupyter;

namespace LmNotebooks.Kernel.Commands;

/// <summary><c>lm kernel</c>: what VS Code and Jupyter start.</summary>
internal static class KernelCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("CONNECTION_FILE") { Description = "Written by the client: where to listen." };
        var command = new Command("kernel", "Serve one notebook; VS Code and Jupyter call it.") { file };
        // Not asynchronous: the signals are the kernel's, since an interrupt must not end it.
        command.SetAction(parsed =>
        {
            var error = Console.Error; // the process's own, whatever cells do to the console
            var connection = ConnectionFile.Read(parsed.GetRequiredValue(file));
            using (var kernel = new Jupyter.Kernel(connection, new LateSession(Environment.CurrentDirectory),
                error.WriteLine))
            using (new Lifetime(kernel))
                kernel.Run();
            Lifetime.End();
        });
        return command;
    }
}
