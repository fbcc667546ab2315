using System.CommandLine;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Kernel.Commands;

/// <summary><c>lm worker</c>: the child process of a headless run. It is not for people, and help does not list
/// it.</summary>
internal static class WorkerCommand
{
    public static Command Make()
    {
        var notebook = new Argument<string>("NOTEBOOK");
        var events = new Option<string>("--events") { Required = true };
        var command = new Command("worker") { notebook, events };
        command.Hidden = true;
        command.SetAction(parsed => Worker.RunAsync(parsed.GetRequiredValue(notebook),
            parsed.GetRequiredValue(events)));
        return command;
    }
}
