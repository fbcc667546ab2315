using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LmNotebooks.Experiments;
using LmNotebooks.Lessons;

namespace LmNotebooks.Kernel.Commands;

/// <summary>Arguments and options that several commands take, each read in one place. A wrong value is refused in one
/// sentence.</summary>
internal static class Parameters
{
    public static Option<Scale?> Scale(string description) => new("--scale")
    {
        HelpName = string.Join('|', Experiments.Scale.All.Select(s => s.Name)), Description = description,
            CustomParser = Named(Experiments.Scale.Named),
    };

    public static Argument<Experiment?> Experiment(string description) => new("EXPERIMENT")
    {
        Arity = ArgumentArity.ZeroOrOne, Description = description, CustomParser = Named(Course.Named),
    };

    /// <summary>A whole number; null where it is not given.</summary>
    public static Option<int?> Number(string name, int least, string description) => new(name)
    {
        HelpName = "N", Description = description,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= least) return number;
            result.AddError($"{name} is a whole number from {least}, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    /// <exception cref="CommandException">The experiment has not so many seeds.</exception>
    public static void CheckSeeds(Experiment experiment, int? seeds)
    {
        var most = experiment.Arms.Max(arm => experiment.SeedsOf(arm).Count);
        if (seeds > most)
            throw new CommandException($"{experiment.Name} has {most} seeds: --seeds is at most that.");
    }

    private static Func<ArgumentResult, T?> Named<T>(Func<string, T> find) where T : class => result =>
    {
        if (result.Tokens.Count == 0) return null;
        try { return find(result.Tokens[0].Value); }
        catch (ArgumentException e)
        {
            result.AddError(e.Message);
            return null;
        }
    };
}
