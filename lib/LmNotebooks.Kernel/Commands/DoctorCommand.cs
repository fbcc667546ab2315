using System.CommandLine;
using LmNotebooks.Models;
using LmNotebooks.Records;

namespace LmNotebooks.Kernel.Commands;

/// <summary><c>lm doctor</c>: does this machine have what the notebooks need?</summary>
internal static class DoctorCommand
{
    public static Command Make()
    {
        var gpu = new Option<bool>("--gpu") { Description = "Fail if there is no GPU to train on, and say why." };
        var command = new Command("doctor",
            "Check this machine, what it computes and a few steps of training, and say how to mend what is wrong.")
        {
            gpu,
        };
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
        foreach (var f in Arithmetic()) yield return f;
        foreach (var f in TrainingCheck.Check()) yield return f;
        yield return SpeedCheck.Check();
    }

    private static IEnumerable<Finding> Arithmetic()
    {
        var checks = KernelCheck.All.ToList();
        var wrong = checks.Select(check => check.Wrong()).OfType<string>().ToList();
        if (wrong.Count == 0) return [new("arithmetic", $"{checks.Count} kernels compute what their definitions say")];
        const string Fix =
            "make such runs on another machine, and report this with the name of this machine's processor";
        return wrong.Select(sentence => new Finding("arithmetic", sentence, Fix, Fatal: true));
    }
}
