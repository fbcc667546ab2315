using System.CommandLine;
using LmNotebooks.Experiments;
using LmNotebooks.Lessons;
using LmNotebooks.Records;

namespace LmNotebooks.Kernel.Commands;

/// <summary><c>lm experiment</c>: makes the runs of an experiment of the course, those that are not there yet, and
/// judges its hypotheses.</summary>
internal static class ExperimentCommand
{
    public static Command Make()
    {
        var name = Parameters.Experiment("Which one. Without it they are listed.");
        var list = new Option<bool>("--list") { Description =
            "Name, question, arms, runs, and how many of these have a fresh record." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what it would cost, and make nothing." };
        var scale = Parameters.Scale("How large the runs are. Default: Laptop.");
        var seeds = Parameters.Number("--seeds", 1, "Test on the first N seeds only. Default: all.");
        var jobs = Parameters.Number("--jobs", 1, "Runs at a time. Default: one a core.");
        var run = Parameters.Number("--run", 0, "Make run number N alone, as task N of a job array does.");
        var overBudget = new Option<bool>("--over-budget") { Description =
            $"Allow more than {Runner.BudgetCoreMinutes} core-minutes." };
        var sameSeeds = new Option<bool>("--same-seeds") { Description =
            "Judge a hypothesis that has changed on seeds on which it was judged before." };
        var command = new Command("experiment", """
            Make the runs of an experiment and judge its hypotheses. Finished runs are not made again: after Ctrl-C the same command continues.

            Examples:
              lm experiment                                   what there is
              lm experiment language-models --dry-run         what it costs
              lm experiment language-models --jobs 2
              lm experiment language-models --run 17          one run, on a cluster for example
            """)
        {
            name, list, dryRun, scale, seeds, jobs, run, overBudget, sameSeeds,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(run) is not null && (result.GetResult(seeds) is not null
                || result.GetResult(dryRun) is not null))
                result.AddError("--run excludes --seeds and --dry-run.");
        });
        command.SetAction((parsed, token) =>
        {
            var size = parsed.GetValue(scale) ?? Scale.Laptop;
            if (parsed.GetValue(list) || parsed.GetValue(name) is not { } experiment)
                return Task.FromResult(List(size));
            Parameters.CheckSeeds(experiment, parsed.GetValue(seeds));
            var making = new Making(experiment, size, parsed.GetValue(jobs) ?? Environment.ProcessorCount,
                parsed.GetValue(seeds))
            {
                OverBudget = parsed.GetValue(overBudget), SameSeeds = parsed.GetValue(sameSeeds),
            };
            return parsed.GetValue(dryRun) ? Task.FromResult(making.Predict())
                : parsed.GetValue(run) is { } number ? making.OneAsync(number, token) : making.AllAsync(token);
        });
        return command;
    }

    private static int List(Scale scale)
    {
        ConsoleText.Table(["experiment", "question", "arms", $"runs at {scale.Name}", "fresh"],
            Course.All.Select(experiment =>
        {
            var runner = new Runner(experiment, scale, RunStore.Committed);
            var (needed, missing) = (runner.Needed().Count, runner.Missing().Count);
            return (string[])[experiment.Name, experiment.Question,
                string.Join(", ", experiment.Arms.Select(a => a.Name)), $"{needed}", $"{needed - missing}"];
        }));
        return 0;
    }
}
