using System.Diagnostics;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Passes;
using LmNotebooks.Records;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Training;

/// <summary>Runs any list of stages on any model, and knows no method. One trainer is one run, on the thread that calls
/// it. The loop itself is <see cref="TrainingLoop"/>; here are its budgets, events and costs, and how it goes on after
/// it was stopped.</summary>
/// <param name="name">Name of the run in progress reports.</param>
/// <param name="goal">What the model is for: the test loss is the goal's, whatever a stage trains on.</param>
/// <param name="generator">The only source of randomness of the run.</param>
/// <exception cref="ArgumentException">The goal names no data.</exception>
public sealed class Trainer(string name, Model model, Aim goal, TrainingOptions options, Generator generator)
{
    private const int LeastEvaluationRows = 16;   // more do not fit into a core's cache, fewer are mostly overhead
    private const double ReportEvery = 0.1;       // seconds of training

    private readonly RunHost host = RunHost.Current;
    private readonly Device device = model.parameters().First().device;
    private readonly Dataset data = goal.Data ?? throw new ArgumentException("The goal of a run names its data.");
    private TrainingState state = new();
    private BatchOrder order = new(generator, keeps: false);
    private Arena? arena;
    private IReadOnlyDictionary<string, string> plan = new Dictionary<string, string>();
    private IReadOnlyList<Part> temporary = [];
    private IReadOnlyList<Stage> stages = [];
    private long budget, steps;
    private double reported;

    /// <summary>A trainer that predicts the next token of one data set, or of translations.</summary>
    public Trainer(string name, Model model, Dataset data, TrainingOptions options, Generator generator)
        : this(name, model, new Aim(new CausalLm(), data), options, generator) { }

    /// <summary>Where the run keeps what it needs to go on after it was stopped; null to keep nothing.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>Trains the stages one after another. An event is made before the first step, after each of
    /// <see cref="TrainingOptions.Evaluations"/> equal shares of the tokens, and at the end of every stage. A run that
    /// goes on from a checkpoint tells its earlier events again, so that its record is whole.</summary>
    /// <exception cref="ArgumentException">A stage or an option makes no sense; one sentence.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is broken or of another run; one sentence.</exception>
    /// <exception cref="DivergenceException">The loss is no longer a number.</exception>
    /// <exception cref="OperationCanceledException">The host cancelled; the model keeps what it has learned, and so
    /// does the checkpoint.</exception>
    public RunResult Train(IReadOnlyList<Stage> stages, Action<RunEvent> onEvent)
    {
        this.stages = stages;
        temporary = [.. stages.SelectMany(s => s.Temporary).Distinct()];
        try
        {
            StageCheck.Check(stages, model, goal, options);
            using (arena = Arena.Open()) return Run(onEvent);
        }
        finally { foreach (var part in temporary) part.Free(); }
    }

    private RunResult Run(Action<RunEvent> onEvent)
    {
        budget = stages.Sum(s => s.Tokens);
        plan = Checkpoint.Plan(goal, stages, options, generator);
        state = Checkpoint?.Resume(model, temporary, plan) ?? state;
        order = new BatchOrder(generator, keeps: Checkpoint is not null);
        BatchOrder.Set(generator, state.Generator);   // a new run begins with the generator that it is given
        foreach (var e in state.Events) onEvent(e);
        if (state.Events.Count == 0)
        {
            foreach (var part in temporary) part.Draw?.Invoke(generator);
            model.Initialise(generator, stages[0].Reset);
            Tell(stages[0], onEvent);
        }
        if (host.Progress is not null) steps = StepCount.Of(stages, data, options, state, generator);
        while (state.Stage < stages.Count)
        {
            Run(stages[state.Stage], onEvent);
            state.StageEnds.Add(state.Flops);
            (state.Stage, state.StageBegin, state.StageSteps, state.Passes) = (state.Stage + 1, state.Tokens, 0, []);
            // before it is saved, so that it happens once
            if (state.Stage < stages.Count) model.Initialise(generator, stages[state.Stage].Reset);
            Save(optimizer: null);
        }
        return new RunResult(Ledger.Parameters(model), state.OptimizerBytes, state.Tokens, Labels, state.Flops,
            CriticalPath(state.StageEnds), state.Seconds, state.Events[^1].TestLoss);
    }

    /// <summary>Answers that the run learns from: one for each row of every question.</summary>
    private long Labels => stages.SelectMany(s => s.Aims).Select(aim => aim.Data ?? data).Distinct()
        .Where(d => d.Question is not null).Sum(d => (long)d.Train.Rows);

    /// <param name="ends">FLOPs of the run when each of its stages so far ended.</param>
    private double CriticalPath(IReadOnlyList<double> ends) =>
        Ledger.CriticalPath([.. stages.Take(ends.Count)], [.. ends.Zip(ends.Prepend(0), (end, begin) => end - begin)]);

    /// <summary>Mean loss of an aim on its test corpus, in nats for each target. Its random draws are the same at every
    /// evaluation.</summary>
    public double Evaluate(Aim aim)
    {
        using var off = no_grad();
        using var fixedDraws = new Generator(0);
        var (corpus, sum, targets) = ((aim.Data ?? data).Test, 0.0, 0L);
        foreach (var numbers in corpus.InOrder(Math.Max(LeastEvaluationRows, options.BatchRows)))
        {
            host.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            arena?.Reset();
            var loss = aim.Objective.Of(model, corpus.Take(numbers, device), fixedDraws);
            if (loss.Targets > 0) sum += loss.Mean.item<float>() * (double)loss.Targets;
            targets += loss.Targets;
        }
        return sum / targets;
    }

    private void Run(Stage stage, Action<RunEvent> onEvent)
    {
        using var parameters = Freeze(stage.Train);
        using var optimizer = new FlatAdamW(parameters, options.Clip, options.WeightDecay);
        if (state.StageSteps > 0) Checkpoint!.Resume(optimizer, state.StageSteps);
        state.OptimizerBytes = Math.Max(state.OptimizerBytes, 2 * sizeof(float) * parameters.Count);
        if (state.Passes.Count == 0) state.Passes = [.. stage.Aims.Select(_ => new PassState())];
        var flops = stage.Aims.Select(aim => Ledger.Counter(model, stage.Train, aim.Objective)).ToList();
        var batches = stage.Aims.Select((aim, i) =>
            order.From(state.Passes[i], (aim.Data ?? data).Train, stage.BatchRows ?? options.BatchRows)).ToList();
        var loop = new TrainingLoop(model, stage, data, batches, optimizer, arena!, generator);
        try
        {
            // the turn begins with what follows a step: a run can be stopped there, also in an evaluation, and then
            // does it again
            while (true)
            {
                host.Cancellation.ThrowIfCancellationRequested();
                var done = state.Tokens - state.StageBegin >= stage.Tokens;
                if (done || Shares(state.Tokens) != Shares(state.Events[^1].Tokens)) Tell(stage, onEvent);
                if (done) break;
                if (Checkpoint is { IsDue: true }) Save(optimizer);
                Step(stage, loop, flops);
                state.StageSteps = optimizer.Steps;
                Report(stage);
            }
        }
        catch (OperationCanceledException) when (Checkpoint is not null && state.Step > 0)
        {
            Save(optimizer);
            Report(stage, Checkpoint.Path);
            throw;
        }
        foreach (var p in All) p.requires_grad = true;
    }

    /// <summary>How many of the equal shares after which there is an event are done.</summary>
    private long Shares(long tokens) => tokens * options.Evaluations / budget;

    private void Step(Stage stage, TrainingLoop loop, IReadOnlyList<Func<IEnumerable<Extent>, double>> flops)
    {
        var begin = Stopwatch.GetTimestamp();
        var (aim, loss, tokens, texts) = loop.Next((double)(state.Tokens - state.StageBegin) / stage.Tokens);
        state.Seconds += Stopwatch.GetElapsedTime(begin).TotalSeconds;
        (state.Step, state.Tokens, state.Flops) =
            (state.Step + 1, state.Tokens + tokens, state.Flops + flops[aim](texts));
        state.Losses.Add(double.IsFinite(loss) ? loss
            : throw new DivergenceException($"The loss of {name} is {loss} after {state.Step} steps: lower the peak "
                + $"learning rate, {stage.Schedule.Peak}."));
    }

    /// <summary>Makes an event of where the run is.</summary>
    private void Tell(Stage stage, Action<RunEvent> onEvent)
    {
        var trainLoss = state.Losses.DefaultIfEmpty(double.NaN).Average();
        var path = CriticalPath([.. state.StageEnds, state.Flops]);
        var e = new RunEvent(stage.Name, state.Step, state.Tokens, state.Flops, state.Seconds, trainLoss,
            Evaluate(goal))
        {
            ObjectiveLoss = stage.Aims is [var aim] && IsGoal(aim) ? null
                : stage.Aims.Sum(aim => aim.Share * Evaluate(aim)) / stage.Aims.Sum(aim => aim.Share),
            CriticalPathFlops = path < state.Flops ? path : null,
        };
        state.Events.Add(e);
        state.Losses.Clear();
        onEvent(e);
    }

    private bool IsGoal(Aim aim) => aim.Objective.Equals(goal.Objective) && (aim.Data ?? data) == data;

    private void Save(FlatAdamW? optimizer)
    {
        if (Checkpoint is null) return;
        state.Generator = order.State();
        Checkpoint.Save(model, temporary, optimizer, state, plan);
    }

    /// <summary>The parameters of the model and of what is on it for the time of the run.</summary>
    private IEnumerable<TorchSharp.Modules.Parameter> All =>
        [.. model.parameters(), .. temporary.SelectMany(part => part.Module.parameters())];

    /// <summary>Only the named parts get gradients; returns their parameters.</summary>
    private FlatParameters Freeze(IReadOnlyList<Part> train)
    {
        foreach (var p in All) p.requires_grad = false;
        var trained = train.SelectMany(part => part.Module.parameters()).ToList();
        foreach (var p in trained) p.requires_grad = true;
        return new FlatParameters(trained);
    }

    private void Report(Stage stage, string? kept = null)
    {
        var ended = state.Stage == stages.Count - 1 && state.Tokens - state.StageBegin >= stage.Tokens;
        if (host.Progress is null || (kept is null && !ended && state.Seconds - reported < ReportEvery)) return;
        reported = state.Seconds;
        // Where the count was not exact, the last report alone corrects it.
        var (step, of) = ended ? (state.Step, state.Step) : (Math.Min(state.Step, steps - 1), steps);
        var loss = state.Losses.DefaultIfEmpty(state.Events[^1].TrainLoss).Last();
        var remaining = TimeLeft.Estimate(TimeSpan.FromSeconds(state.Seconds), state.Tokens, budget);
        var rate = state.Tokens / state.Seconds;
        host.Progress.Report(new TrainingProgress(name, stage.Name, step, of, loss, rate, remaining) { Kept = kept });
    }
}
