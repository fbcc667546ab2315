using System.CommandLine;
using LmNotebooks.Records;

namespace LmNotebooks.Kernel.Commands;

/// <summary><c>lm doctor</c>: does this machine have what the notebooks need?</summary>
internal static class DoctorCommand
{
    public static Command Make()
    {
        var gpu = new Option<bool>("--gpu") { Description = "Fail if there is no GPU to train on, and say why." };
        var command = new Command("doctor", "Check this machine and train a few steps on it, and say how to mend what is wrong.") { gpu };
        command.SetAction(parsed => Print(All(parsed.GetValue(gpu))) ? 0 : CommandLine.Failure);
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
            able &= f.Able;
        }
        return able;
    }

    private static IEnumerable<Finding> All(bool gpu)
    {
        var able = true;
        foreach (var f in Machine.Check(Kit.Folder))
        {
            able &= f.Able;
            yield return f;
        }
        yield return Installation.Check();
        if (!able) yield break; // libtorch does not load
        if (gpu && Machine.NoGpu() is { } none) yield return none;
        foreach (var f in TrainingCheck.Check()) yield return f;
    }
}
