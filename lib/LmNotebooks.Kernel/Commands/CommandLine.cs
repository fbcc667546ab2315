using System.CommandLine;

namespace LmNotebooks.Kernel.Commands;

/// <summary>The command line of <c>lm</c>: which commands there are, and what becomes of errors.</summary>
public static class CommandLine
{
    /// <summary>Exit codes, besides 0.</summary>
    public const int Failure = 1, Usage = 2, Interrupted = 130;

    /// <summary>Time to write what there is after Ctrl-C.</summary>
    private static readonly TimeSpan LastWrites = TimeSpan.FromSeconds(10);

    /// <returns>The exit code. Errors that a user can mend are one sentence on the standard error.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("""
            LmNotebooks: a course on decoupling language models, in C# notebooks.

            Without a command, lm checks this machine, makes the kernel known to VS Code and Jupyter, and executes the first notebook.

            Examples:
              lm                                   check the machine, execute notebook 00
              lm doctor                            check the machine, what it computes, and a few steps of training
              lm install                           make the kernel known to VS Code and Jupyter, and 'lm' a command
              lm run 03-architectures.ipynb --scale Ci --html
            """)
        {
            StartCommand.NoInstall, StartCommand.Make(), RunCommand.Make(), ExperimentCommand.Make(),
                RecordsCommand.Make(), ReproduceCommand.Make(),
            PlotsCommand.Make(), FetchCommand.Make(), DoctorCommand.Make(), InstallCommand.MakeInstall(),
                InstallCommand.MakeUninstall(), KernelCommand.Make(), WorkerCommand.Make(),
        };
        root.SetAction(StartCommand.RunAsync);
        var parsed = root.Parse(args);
        var helps = parsed.Action is { ClearsParseErrors: true };
        if (parsed.Errors.Count > 0 && !helps) return Complain($"{parsed.Errors[0].Message} See 'lm --help'.", Usage);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = LastWrites });
        }
        catch (Exception e)
            when (e is CommandException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return Complain(e.Message, Failure);
        }
        catch (OperationCanceledException)
        {
            return Complain("Interrupted. The runs that had ended are kept, and the same command continues.",
                Interrupted);
        }
    }

    private static int Complain(string sentence, int code)
    {
        Console.Error.WriteLine(sentence);
        return code;
    }
}
