using LmNotebooks.Objectives;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Training;

/// <summary>How many steps a run will have, for whoever watches it. Batches differ in tokens, so they are counted
/// ahead: exactly, unless an objective or a reset draws too, and changes the order of later passes. Of several aims,
/// which are drawn step by step, the mean batch is taken.</summary>
internal static class StepCount
{
    private const int Most = 1_000_000;   // counted ahead, which takes about two seconds

    public static long Of(IReadOnlyList<Stage> stages, Dataset goal, TrainingOptions options, TrainingState state,
        Generator generator)
    {
        using var ahead = new Generator(0);
        using var now = generator.get_state();
        ahead.set_state(now);
        if (state.Passes is [{ Batches: > 0 } pass]) BatchOrder.Set(ahead, pass.Generator);
        var (count, begin, tokens, budget) = (state.Step, state.StageBegin, state.Tokens, stages.Sum(s => s.Tokens));
        var passed = state.Passes is [var under] ? under.Batches : 0;
        foreach (var stage in stages.Skip(state.Stage))
        {
            var rows = stage.BatchRows ?? options.BatchRows;
            if (stage.Aims.Count > 1)
            {
                var left = stage.Tokens - (tokens - begin);
                (count, tokens) = (count + (long)Math.Ceiling(left / MeanTokens(stage.Aims, goal, rows)),
                    tokens + left);
            }
            while (tokens - begin < stage.Tokens)
            {
                var corpus = (stage.Aims[0].Data ?? goal).Train;
                foreach (var numbers in corpus.Shuffled(rows, ahead).Skip(passed))
                {
                    tokens += corpus.TokensOf(numbers);
                    if (++count - state.Step == Most) return (long)((double)count / tokens * budget);
                    if (tokens - begin >= stage.Tokens) break;
                }
                passed = 0;
            }
            (begin, passed) = (tokens, 0);
        }
        return count;
    }

    private static double MeanTokens(IReadOnlyList<Aim> aims, Dataset goal, int rows) =>
        aims.Sum(aim => aim.Share * rows * (aim.Data ?? goal).Train.Tokens / (aim.Data ?? goal).Train.Rows)
            / aims.Sum(aim => aim.Share);
}
