using System.CommandLine;

namespace LmNotebooks.Kernel.Commands;

/// <summary><c>lm doctor</c>: does this machine have what the notebooks need?</summary>
internal static class DoctorCommand
{
    public static Command Make()
    {
        var command = new Command("doctor", "Check this machine, and say how to mend what is wrong.");
        command.SetAction(_ => Print(Machine.Check(Repository.Root())) ? 0 : CommandLine.Failure);
        return command;
    }

    /// <returns>Whether notebooks can run here.</returns>
    public static bool Print(IEnumerable<Finding> findings)
    {
        var able = true;
        foreach (var f in findings)
        {
            var mark = f.Fix is null ? "ok     " : f.Fatal ? "FAILED " : "warning";
            Console.WriteLine($"{mark} {f.Name,-15} {f.Found}{(f.Fix is null ? "" : $" -> {f.Fix}")}");
            able &= f.Fix is null || !f.Fatal;
        }
        return able;
    }
}
