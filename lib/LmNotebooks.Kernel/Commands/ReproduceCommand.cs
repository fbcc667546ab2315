using System.CommandLine;
using LmNotebooks.Experiments;

namespace LmNotebooks.Kernel.Commands;

/// <summary><c>lm reproduce</c>: makes runs again, beside the committed records, and says whether they agree.</summary>
internal static class ReproduceCommand
{
    public static Command Make()
    {
        var name = Parameters.Experiment("Which one. Default: all that have records.");
        var scale = Parameters.Scale("How large the runs are. Default: Laptop.");
        var fresh = new Option<bool>("--new-seeds")
        {
            Description = "Make runs with seeds that the experiment has not used, instead of its own.",
        };
        var seeds = Parameters.Number("--seeds", 1,
            $"Make the first N seeds only, or N new ones. Default: all, or {Reproducing.FewSeeds} new ones.");
        var arms = new Option<string[]>("--arms")
        {
            HelpName = "ARM", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [],
            Description = "Make the runs of these arms of the experiment only. Default: all.",
        };
        var command = new Command("reproduce", """
            Make the committed runs again, into out/reproduced, and compare. Learning rates are those that the committed
            tuning chose.

            A run made again must be bit-equal on the same kind of CPU with the same versions and code. CPUs of another
            kind sum in another order: there its final loss must differ by no more than what a change of the last
            bit of one weight makes, as measured by the experiment 'noise'. Of runs with new seeds, one in twenty lies outside the 95 %
            prediction interval of the committed seeds by chance: all of them together must not do so more often
            than chance explains. Seconds are shown, not judged. Finished runs are not made again: remove
            out/reproduced for that.

            Examples:
              lm reproduce language-models --scale Ci
              lm reproduce sharing --seeds 1 --arms unshared "ALBERT, all"
              lm reproduce --new-seeds
            """)
        {
            name, scale, fresh, seeds, arms,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(arms) is not null && result.GetValue(name) is null)
                result.AddError("--arms needs the experiment whose arms they are.");
        });
        command.SetAction((parsed, token) => new Reproducing(parsed.GetValue(scale) ?? Scale.Laptop)
        {
            NewSeeds = parsed.GetValue(fresh), Seeds = parsed.GetValue(seeds), Arms = parsed.GetRequiredValue(arms),
        }.RunAsync(parsed.GetValue(name), token));
        return command;
    }

    /// <summary>How close a run that was made again came, in a word or two.</summary>
    public static string Word(Agreement agreement) => agreement switch
    {
        Agreement.BitEqual => "bit-equal",
        Agreement.Close => "within the noise",
        Agreement.AsPredicted => "as predicted",
        Agreement.Unusual => "unusual",
        _ => "disagrees",
    };
}
