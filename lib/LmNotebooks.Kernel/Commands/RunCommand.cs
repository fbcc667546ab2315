using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LmNotebooks.Records;

namespace LmNotebooks.Kernel.Commands;

/// <summary><c>lm run</c>: executes notebooks without an editor.</summary>
internal static class RunCommand
{
    public static Command Make()
    {
        var patterns = new Argument<string[]>("PATTERN")
        {
            Arity = ArgumentArity.OneOrMore,
            Description =
                "Notebooks: paths, or patterns with * and ?, relative to the current folder, else to the kit's "
                + "notebooks/.",
        };
        var scale =
            Parameters.Scale("How large the experiments are. Default: the environment variable LM_SCALE, else the "
            + "notebook's own.");
        var timeout = new Option<double>("--timeout")
        {
            HelpName = "SECONDS", DefaultValueFactory = _ => NotebookBatch.DefaultTimeout.TotalSeconds,
                CustomParser = ParseSeconds,
            Description = "Most time that one notebook may take.",
        };
        var inPlace = new Option<bool>("--in-place") { Description =
            "Write the outputs into the notebooks themselves." };
        var folder = new Option<string?>("--out") { HelpName = "DIR",
            Description = "Where to write the executed notebooks. Default: out/ in the kit's folder." };
        var html = new Option<bool>("--html") { Description = "Also write each notebook as a page, beside it." };
        var command = new Command("run", """
            Execute notebooks from top to bottom, each in a process of its own.

            Examples:
              lm run 03-architectures.ipynb --html
              lm run "0*.ipynb" --scale Ci --timeout 300
              lm run my-experiments/*.ipynb --in-place
            """)
        {
            patterns, scale, timeout, inPlace, folder, html,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(inPlace) && result.GetValue(folder) is not null)
                result.AddError("--in-place and --out exclude each other.");
        });
        command.SetAction((parsed, token) =>
        {
            var paths = parsed.GetRequiredValue(patterns).SelectMany(NotebookPattern.Find).Distinct().ToList();
            return new NotebookBatch(paths)
            {
                Scale = parsed.GetValue(scale)?.Name,
                Timeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                Out = parsed.GetValue(inPlace) ? null
                    : Path.GetFullPath(parsed.GetValue(folder) ?? Path.Combine(Kit.Folder, "out")),
                Html = parsed.GetValue(html),
            }.RunAsync(token);
        });
        return command;
    }

    private static double ParseSeconds(ArgumentResult result)
    {
        if (double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and < 1e6) return seconds;
        result.AddError($"--timeout is a number of seconds between 0 and a million, not '{result.Tokens[0].Value}'.");
        return 0;
    }
}
