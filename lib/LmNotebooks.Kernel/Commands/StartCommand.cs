using System.CommandLine;

namespace LmNotebooks.Kernel.Commands;

/// <summary><c>lm start</c>, or <c>lm</c> alone: the first thing a reader runs.</summary>
internal static class StartCommand
{
    private const string First = "01-language-models.ipynb";

    public static Command Make()
    {
        var command = new Command("start", "Check this machine, execute notebook 01 and write it to out/ as a notebook and as a page.");
        command.SetAction(RunAsync);
        return command;
    }

    public static async Task<int> RunAsync(ParseResult _, CancellationToken token)
    {
        var root = Repository.Root();
        if (!DoctorCommand.Print(Machine.Check(root))) return CommandLine.Failure;
        var notebook = Path.Combine(root, "notebooks", First);
        return await new Batch([notebook]) { Out = Path.Combine(root, "out"), Html = true }.RunAsync(token);
    }
}
