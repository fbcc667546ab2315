using System.Diagnostics;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Passes;
using LmNotebooks.Records;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Training;

/// <summary>Runs any list of stages on any model, and knows no method. One trainer is one run, on the thread that calls
/// it.</summary>
/// <param name="name">Name of the run in progress reports.</param>
/// <param name="generator">The only source of randomness of the run.</param>
public sealed class Trainer(string name, Model model, Dataset data, TrainingOptions options, Generator generator)
{
    private const int LeastEvaluationRows = 16;   // more do not fit into a core's cache, fewer are mostly overhead
    private const double ReportEvery = 0.1;       // seconds of training
    private const int MostCounted = 1_000_000;    // steps counted ahead, which takes about two seconds
    private static readonly CausalLm Causal = new();

    private readonly RunHost host = RunHost.Current;
    private readonly Device device = model.parameters().First().device;
    private TrainingState state = new();
    private Arena? arena;
    private IReadOnlyDictionary<string, string> plan = new Dictionary<string, string>();
    private IReadOnlyList<Part> temporary = [];
    private IReadOnlyList<Stage> stages = [];
    private long budget, steps;
    private double reported;

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
        temporary = [.. stages.SelectMany(s => s.Objective.Temporary).Distinct()];
        try
        {
            Check(stages);
            using (arena = Arena.Open()) return Run(onEvent);
        }
        finally { foreach (var part in temporary) part.Free(); }
    }

    private RunResult Run(Action<RunEvent> onEvent)
    {
        budget = stages.Sum(s => s.Tokens);
        plan = Checkpoint.Plan(data, stages, options, generator);
        state = Checkpoint?.Resume(model, temporary, plan) ?? state;
        Set(state.Generator);
        foreach (var e in state.Events) onEvent(e);
        if (state.Events.Count == 0)
        {
            foreach (var part in temporary) part.Draw?.Invoke(generator);
            model.Initialise(generator, stages[0].Reset);
            Tell(stages[0], onEvent);
        }
        if (host.Progress is not null) steps = CountSteps();
        while (state.Stage < stages.Count)
        {
            Run(stages[state.Stage], onEvent);
            state.StageEnds.Add(state.Flops);
            (state.Stage, state.StageBegin, state.StageSteps, state.Batches) = (state.Stage + 1, state.Tokens, 0, 0);
            // before it is saved, so that it happens once
            if (state.Stage < stages.Count) model.Initialise(generator, stages[state.Stage].Reset);
            Save(optimizer: null);
        }
        return new RunResult(Ledger.Parameters(model), state.OptimizerBytes, state.Tokens, Labels: 0, state.Flops,
            CriticalPath(state.StageEnds),
            state.Seconds, state.Events[^1].TestLoss);
    }

    /// <param name="ends">FLOPs of the run when each of its stages so far ended.</param>
    private double CriticalPath(IReadOnlyList<double> ends) =>
        Ledger.CriticalPath([.. stages.Take(ends.Count)], [.. ends.Zip(ends.Prepend(0), (end, begin) => end - begin)]);

    /// <summary>Mean loss of an objective on the test corpus, nats per token. Its random draws are the same at every
    /// evaluation.</summary>
    public double Evaluate(IObjective objective)
    {
        using var off = no_grad();
        using var fixedDraws = new Generator(0);
        var sum = 0.0;
        foreach (var numbers in data.Test.InOrder(Math.Max(LeastEvaluationRows, options.BatchRows)))
        {
            host.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            arena?.Reset();
            var batch = data.Test.Take(numbers, device);
            sum += objective.Loss(model, batch, fixedDraws).item<float>() * (double)batch.Tokens;
        }
        return sum / data.Test.Tokens;
    }

    private void Run(Stage stage, Action<RunEvent> onEvent)
    {
        using var parameters = Freeze(stage.Train);
        using var optimizer = new FlatAdamW(parameters, options.Clip, options.WeightDecay);
        if (state.StageSteps > 0) Checkpoint!.Resume(optimizer, state.StageSteps);
        state.OptimizerBytes = Math.Max(state.OptimizerBytes, 2 * sizeof(float) * parameters.Count);
        var flopsOf = Ledger.Counter(model, stage.Train, stage.Objective);
        using var batches = Batches().GetEnumerator();
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
                batches.MoveNext();
                state.Losses.Add(Step(stage, batches.Current, optimizer));
                state.Flops += flopsOf(data.Train.Extents(batches.Current));
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

    /// <summary>The batches from where the run is. A pass draws its order when it begins, so in the midst of one it is
    /// drawn again.</summary>
    private IEnumerable<long[]> Batches()
    {
        while (true)
        {
            if (state.Batches == 0) state.Pass = DrawState();
            else Set(state.Pass);
            var pass = data.Train.Shuffled(options.BatchRows, generator).ToList();
            if (state.Batches > 0) Set(state.Generator);
            foreach (var numbers in pass.Skip(state.Batches))
            {
                state.Batches++;
                yield return numbers;
            }
            state.Batches = 0;
        }
    }

    private double Step(Stage stage, long[] numbers, FlatAdamW optimizer)
    {
        var begin = Stopwatch.GetTimestamp();
        using var scope = NewDisposeScope();
        arena!.Reset();
        var batch = data.Train.Take(numbers, device);
        var loss = stage.Objective.Loss(model, batch, generator);
        loss.backward();
        optimizer.Step(stage.Schedule.At((double)(state.Tokens - state.StageBegin) / stage.Tokens));
        var value = loss.item<float>();
        (state.Step, state.StageSteps, state.Tokens) = (state.Step + 1, optimizer.Steps, state.Tokens + batch.Tokens);
        state.Seconds += Stopwatch.GetElapsedTime(begin).TotalSeconds;
        return double.IsFinite(value) ? value
            : throw new DivergenceException($"The loss of {name} is {value} after {state.Step} steps: lower the peak "
                + $"learning rate, {stage.Schedule.Peak}.");
    }

    /// <summary>Makes an event of where the run is.</summary>
    private void Tell(Stage stage, Action<RunEvent> onEvent)
    {
        var trainLoss = state.Losses.DefaultIfEmpty(double.NaN).Average();
        var path = CriticalPath([.. state.StageEnds, state.Flops]);
        var e = new RunEvent(stage.Name, state.Step, state.Tokens, state.Flops, state.Seconds, trainLoss,
            Evaluate(Causal))
        {
            ObjectiveLoss = Causal.Equals(stage.Objective) ? null : Evaluate(stage.Objective),
            CriticalPathFlops = path < state.Flops ? path : null,
        };
        state.Events.Add(e);
        state.Losses.Clear();
        onEvent(e);
    }

    private void Save(FlatAdamW? optimizer)
    {
        if (Checkpoint is null) return;
        state.Generator = DrawState();
        Checkpoint.Save(model, temporary, optimizer, state, plan);
    }

    /// <summary>The generator as it is; nothing where nobody asks for it later.</summary>
    private byte[] DrawState()
    {
        if (Checkpoint is null) return [];
        using var bytes = generator.get_state();
        return bytes.data<byte>().ToArray();
    }

    private void Set(byte[] drawState)
    {
        if (drawState.Length == 0) return;   // a new run begins with the generator that it is given
        using var bytes = tensor(drawState);
        generator.set_state(bytes);
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

    /// <summary>Steps of the whole run. Batches differ in tokens, so they are counted ahead: exactly, unless an
    /// objective or a reset draws too, and changes the order of later passes.</summary>
    private long CountSteps()
    {
        using var ahead = new Generator(0);
        using (var now = state.Batches == 0 ? generator.get_state() : tensor(state.Pass)) ahead.set_state(now);
        var (count, passed, begin, tokens) = (state.Step, state.Batches, state.StageBegin, state.Tokens);
        foreach (var stage in stages.Skip(state.Stage))
        {
            while (tokens - begin < stage.Tokens)
            {
                foreach (var numbers in data.Train.Shuffled(options.BatchRows, ahead).Skip(passed))
                {
                    tokens += data.Train.TokensOf(numbers);
                    if (++count - state.Step == MostCounted) return (long)((double)count / tokens * budget);
                    if (tokens - begin >= stage.Tokens) break;
                }
                passed = 0;
            }
            (begin, passed) = (tokens, 0);
        }
        return count;
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

    private void Check(IReadOnlyList<Stage> stages)
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
            if (stage.Tokens < 1)
                throw new ArgumentException($"Stage '{stage.Name}' has a budget of {stage.Tokens} tokens: it must be "
                + "at least 1.");
            if (!(stage.Schedule.Peak > 0))
                throw new ArgumentException($"Stage '{stage.Name}' has a peak learning rate of {stage.Schedule.Peak}: "
                + "it must be above 0.");
            IReadOnlyList<Part> own = [.. model.Parts.Concat(model.Heads).SelectMany(p => p.All)],
                known = [.. own, .. stage.Objective.Temporary.SelectMany(p => p.All)];
            if (stage.Train.Except(known).Concat(stage.Reset.Except(own)).FirstOrDefault() is { } foreign)
                throw new ArgumentException($"Stage '{stage.Name}' trains or resets '{foreign.Name}', which is no part "
                    + $"of the model: its parts are {string.Join(", ", known.Select(p => p.Name))}.");
            if (stage.Train.FirstOrDefault(p => !p.Module.parameters().Any()) is { } empty)
                throw new ArgumentException($"Stage '{stage.Name}' trains '{empty.Name}', which has no weights of its "
                    + "own: train the part whose weights it uses.");
            if (stage.Needs?.Except(stages.Take(i).Select(s => s.Name)).FirstOrDefault() is { } later)
                throw new ArgumentException($"Stage '{stage.Name}' needs '{later}', which is no stage before it: name "
                    + "an earlier one.");
        }
    }
}
