using System.Diagnostics;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Training;

/// <summary>Runs any list of stages on any model, and knows no method. One trainer is one run, on the thread that calls it.</summary>
/// <param name="name">Name of the run in progress reports.</param>
/// <param name="generator">The only source of randomness of the run.</param>
public sealed class Trainer(string name, LanguageModel model, Dataset data, TrainingOptions options, Generator generator)
{
    private const int LeastEvaluationRows = 16;   // more do not fit into a core's cache, fewer are mostly overhead
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(100);

    private readonly RunHost host = RunHost.Current;
    private readonly Stopwatch training = new();
    private readonly Device device = model.parameters().First().device;
    private long budget, step, tokens, optimizerBytes;
    private double flops;
    private TimeSpan reported;

    /// <summary>Trains the stages one after another. An event is made before the first step, after each of
    /// <see cref="TrainingOptions.Evaluations"/> equal shares of the tokens, and at the end of every stage.</summary>
    /// <exception cref="ArgumentException">A stage or an option makes no sense; one sentence.</exception>
    /// <exception cref="ArithmeticException">The loss is no longer a number.</exception>
    /// <exception cref="OperationCanceledException">The host cancelled; the model keeps what it has learned.</exception>
    public RunResult Train(IReadOnlyList<Stage> stages, Action<RunEvent> onEvent)
    {
        Check(stages);
        budget = stages.Sum(s => s.Tokens);
        onEvent(Event(stages[0], double.NaN));
        RunEvent last = null!;   // Check refuses an empty list
        foreach (var stage in stages)
            foreach (var e in Run(stage)) onEvent(last = e);
        return new RunResult(Ledger.Parameters(model), optimizerBytes, tokens, Labels: 0, flops, CriticalPathFlops: flops,
            training.Elapsed.TotalSeconds, last.TestLoss);
    }

    /// <summary>Mean loss of an objective on the test corpus, nats per token. Its random draws are the same at every evaluation.</summary>
    public double Evaluate(IObjective objective)
    {
        using var off = no_grad();
        using var fixedDraws = new Generator(0);
        var sum = 0.0;
        foreach (var numbers in data.Test.InOrder(Math.Max(LeastEvaluationRows, options.BatchRows)))
        {
            host.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = data.Test.Take(numbers, device);
            sum += objective.Loss(model, batch, fixedDraws).item<float>() * (double)batch.Tokens;
        }
        return sum / data.Test.Tokens;
    }

    private IEnumerable<RunEvent> Run(Stage stage)
    {
        using var parameters = Freeze(stage.Train);
        using var optimizer = new FlatAdamW(parameters, options.Clip, options.WeightDecay);
        optimizerBytes = Math.Max(optimizerBytes, 2 * sizeof(float) * parameters.Count);
        var flopsPerToken = Ledger.FlopsPerToken(model, stage.Train, data.Train.Length);
        var (begin, losses) = (tokens, new List<double>());
        foreach (var numbers in data.Train.Shuffled(options.BatchRows, generator))
        {
            host.Cancellation.ThrowIfCancellationRequested();
            var before = tokens;
            losses.Add(Step(stage, numbers, optimizer, (double)(tokens - begin) / stage.Tokens));
            flops += flopsPerToken * (tokens - before);
            Report(stage, losses[^1]);
            var done = tokens - begin >= stage.Tokens;
            if (!done && tokens * options.Evaluations / budget == before * options.Evaluations / budget) continue;
            yield return Event(stage, losses.Average());
            losses.Clear();
            if (done) break;
        }
        foreach (var p in model.parameters()) p.requires_grad = true;
    }

    private double Step(Stage stage, long[] numbers, FlatAdamW optimizer, double done)
    {
        training.Start();
        using var scope = NewDisposeScope();
        var batch = data.Train.Take(numbers, device);
        var loss = stage.Objective.Loss(model, batch, generator);
        loss.backward();
        optimizer.Step(stage.Schedule.At(done));
        var value = loss.item<float>();
        (step, tokens) = (step + 1, tokens + batch.Tokens);
        training.Stop();
        return double.IsFinite(value) ? value
            : throw new ArithmeticException($"The loss of {name} is {value} after {step} steps: lower the peak learning rate, {stage.Schedule.Peak}.");
    }

    private RunEvent Event(Stage stage, double trainLoss) =>
        new(stage.Name, step, tokens, flops, training.Elapsed.TotalSeconds, trainLoss, Evaluate(stage.Objective));

    /// <summary>Only the named parts get gradients; returns their parameters.</summary>
    private FlatParameters Freeze(IReadOnlyList<Part> train)
    {
        foreach (var p in model.parameters()) p.requires_grad = false;
        var trained = train.SelectMany(part => part.Module.parameters()).ToList();
        foreach (var p in trained) p.requires_grad = true;
        return new FlatParameters(trained);
    }

    private void Report(Stage stage, double loss)
    {
        var elapsed = training.Elapsed;
        if (host.Progress is null || (elapsed - reported < ReportEvery && tokens < budget)) return;
        reported = elapsed;
        var rate = tokens / elapsed.TotalSeconds;
        var steps = (long)Math.Ceiling((double)budget / tokens * step);
        host.Progress.Report(new TrainingProgress(name, stage.Name, step, steps, loss, rate, TimeSpan.FromSeconds(Math.Max(0, budget - tokens) / rate)));
    }

    private void Check(IReadOnlyList<Stage> stages)
    {
        if (stages.Count == 0) throw new ArgumentException("The strategy has no stages: there is nothing to train.");
        if (options.BatchRows < 1) throw new ArgumentException($"BatchRows is {options.BatchRows}: it must be at least 1.");
        if (options.Evaluations < 1) throw new ArgumentException($"Evaluations is {options.Evaluations}: it must be at least 1.");
        foreach (var stage in stages)
        {
            if (stage.Train.Count == 0) throw new ArgumentException($"Stage '{stage.Name}' trains no part: name at least one.");
            if (stage.Tokens < 1) throw new ArgumentException($"Stage '{stage.Name}' has a budget of {stage.Tokens} tokens: it must be at least 1.");
            if (!(stage.Schedule.Peak > 0)) throw new ArgumentException($"Stage '{stage.Name}' has a peak learning rate of {stage.Schedule.Peak}: it must be above 0.");
            if (stage.Train.FirstOrDefault(p => !model.Parts.Contains(p)) is { } foreign)
                throw new ArgumentException($"Stage '{stage.Name}' trains '{foreign.Name}', which is no part of the model: its parts are {string.Join(", ", model.Parts.Select(p => p.Name))}.");
        }
    }
}
