using LmNotebooks.Models;
using LmNotebooks.Objectives;

namespace LmNotebooks.Training;

/// <summary>Refuses stages and options that make no sense.</summary>
internal static class StageCheck
{
    /// <exception cref="ArgumentException">One sentence that names what is wrong, and what would be right.</exception>
    public static void Check(IReadOnlyList<Stage> stages, Model model, Aim goal, TrainingOptions options)
    {
        if (stages.Count == 0) throw new ArgumentException("The strategy has no stages: there is nothing to train.");
        if (options.BatchRows < 1)
            throw new ArgumentException($"BatchRows is {options.BatchRows}: it must be at least 1.");
        if (options.Evaluations < 1)
            throw new ArgumentException($"Evaluations is {options.Evaluations}: it must be at least 1.");
        foreach (var (i, stage) in stages.Index())
        {
            if (stage.Train.Count == 0)
                throw new ArgumentException($"Stage '{stage.Name}' trains no part: name at least one.");
            if (stage.Aims.Count == 0 || stage.Aims.Any(aim => !(aim.Share > 0)))
                throw new ArgumentException($"Stage '{stage.Name}' has no aim, or one whose share is not above 0: name "
                    + "at least one, with a share.");
            if (stage.Tokens < 1)
                throw new ArgumentException($"Stage '{stage.Name}' has a budget of {stage.Tokens} tokens: it must be "
                + "at least 1.");
            if (!(stage.Schedule.Peak > 0))
                throw new ArgumentException($"Stage '{stage.Name}' has a peak learning rate of {stage.Schedule.Peak}: "
                + "it must be above 0.");
            IReadOnlyList<Part> own = [.. model.Parts.Concat(model.Heads).SelectMany(p => p.All)],
                known = [.. own, .. stage.Temporary.SelectMany(p => p.All)];
            if (stage.Train.Except(known).Concat(stage.Reset.Except(own)).FirstOrDefault() is { } foreign)
                throw new ArgumentException($"Stage '{stage.Name}' trains or resets '{foreign.Name}', which is no part "
                    + $"of the model: its parts are {string.Join(", ", known.Select(p => p.Name))}.");
            if (stage.Train.FirstOrDefault(p => !p.Module.parameters().Any()) is { } empty)
                throw new ArgumentException($"Stage '{stage.Name}' trains '{empty.Name}', which has no weights of its "
                    + "own: train the part whose weights it uses.");
            if (stage.Aims.FirstOrDefault(a => a.Objective.Answers != ((a.Data ?? goal.Data)!.Question is not null))
                is { } odd)
                throw new ArgumentException($"Stage '{stage.Name}' trains {odd.Objective.Name} on "
                    + $"{(odd.Data ?? goal.Data)!.Name}, and answers are trained on data with a question, words on "
                    + "texts: name other data, or choose another strategy.");
            var used = stage.Aims.SelectMany(a => a.Objective.Uses(model)).Concat(stage.Temporary)
                .SelectMany(p => p.All).ToHashSet();
            if (stage.Train.FirstOrDefault(p => !p.All.Any(used.Contains)) is { } unused)
                throw new ArgumentException($"Stage '{stage.Name}' trains '{unused.Name}', which "
                    + $"{string.Join(", ", stage.Aims)} is not computed with: leave it out, or choose another "
                        + "strategy.");
            if (stage.Needs?.Except(stages.Take(i).Select(s => s.Name)).FirstOrDefault() is { } later)
                throw new ArgumentException($"Stage '{stage.Name}' needs '{later}', which is no stage before it: name "
                    + "an earlier one.");
        }
    }
}
