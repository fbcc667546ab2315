using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Objectives;

/// <summary>Several tasks in every step: the goal on the batch that a step is given, and each other task on a batch of
/// its own, of as many rows, drawn at random with replacement. Without gradients, in an evaluation, it is the goal's
/// loss alone, and draws nothing for the others.</summary>
/// <param name="Goal">What the data of the aim are for.</param>
/// <param name="Others">The other tasks, with their data.</param>
public abstract record Combined(IObjective Goal, IReadOnlyList<Aim> Others) : IObjective
{
    public abstract string Name { get; }
    public bool Answers => Goal.Answers;
    public bool ReadsWhole => Objectives.Any(task => task.ReadsWhole);
    public virtual IReadOnlyList<Part> Temporary => [.. Objectives.SelectMany(task => task.Temporary).Distinct()];
    public IReadOnlyList<Part> Uses(Model model) => [.. Objectives.SelectMany(task => task.Uses(model)).Distinct()];
    public IDistribution Says(Model model) => Goal.Says(model);

    /// <returns>The combined loss, and how many targets of the goal were in it.</returns>
    /// <exception cref="ArgumentException">Another task names no data; one sentence.</exception>
    /// <inheritdoc/>
    public Loss Of(Model model, Batch batch, Generator generator)
    {
        if (!is_grad_enabled()) return Goal.Of(model, batch, generator);
        var targets = 0L;
        var combined = Combine(model, Losses(), generator);
        return new(combined, targets);

        IEnumerable<Tensor> Losses()
        {
            var goal = Goal.Of(model, batch, generator);
            targets = goal.Targets;
            yield return goal.Mean;
            foreach (var other in Others)
                yield return other.Objective.Of(model, Drawn(DataOf(other).Train, batch, generator), generator).Mean;
        }
    }

    /// <summary>Makes one loss of those of all tasks.</summary>
    /// <param name="losses">The goal's and then the others', scalars with gradient. Each is computed when it is asked
    /// for, and they can be asked for once.</param>
    protected abstract Tensor Combine(Model model, IEnumerable<Tensor> losses, Generator generator);

    /// <summary>What all tasks compute, for a token of the goal: its own, and then a row of each other task for each of
    /// its rows. Which rows are drawn is not known, so it is the mean over all of them that is counted: what is
    /// expected.</summary>
    /// <remarks>The ledger counts it to the last FLOP where the embeddings train.</remarks>
    public virtual IEnumerable<Application> Applications(Model model, Extent text) =>
        [.. Goal.Applications(model, text), .. Others.SelectMany(other => OfRow(model, other))
            .Select(a => a with { Flops = a.Flops / text.Length, OfSource = false })];

    /// <summary>The objectives of all tasks, the goal's first.</summary>
    protected IEnumerable<IObjective> Objectives => Others.Select(other => other.Objective).Prepend(Goal);

    /// <summary>How many tasks there are, T.</summary>
    protected int Tasks => Others.Count + 1;

    /// <summary>The tasks by name.</summary>
    protected string Names => string.Join(", ", Others.Select(other => $"{other}").Prepend(Goal.Name));

    private static Dataset DataOf(Aim other) => other.Data ?? throw new ArgumentException(
        $"'{other}' is learned beside a goal and names no data: give its aim a data set.");

    /// <summary>As many rows as a batch has, each drawn from all rows.</summary>
    private static Batch Drawn(Corpus corpus, Batch batch, Generator generator)
    {
        using var numbers = randint(0, corpus.Rows, new long[] { batch.Inputs.size(0) }, int64, generator: generator);
        return corpus.Take(numbers.data<long>().ToArray(), batch.Inputs.device);
    }

    /// <summary>What a row of a task computes in the mean; not a token, the whole row.</summary>
    private static IEnumerable<Application> OfRow(Model model, Aim other)
    {
        var corpus = DataOf(other).Train;
        return corpus.Extents(Enumerable.Range(0, corpus.Rows).Select(n => (long)n)).Where(row => row.Length > 0)
            .CountBy(row => row).SelectMany(rows => other.Objective.Applications(model, rows.Key)
                .Select(a => a with { Flops = a.Flops * rows.Key.Length * rows.Value / corpus.Rows }));
    }
}
