using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Training;

[Collection(nameof(Alone))]
public class TrainerTests
{
    private static readonly Generator Draws = new(1);
    private static readonly TransformerLm Model = Fresh();

    private static TransformerLm Fresh() => new(Small.Config, new Generator(1));

    private static RunResult Train(TransformerLm model, TrainingOptions options, Action<RunEvent>? onEvent = null,
        params Stage[] stages) =>
        new Trainer("test", model, Small.Data, options, new Generator(1)).Train(stages, onEvent ?? (_ => { }));

    private static Stage Stage(TransformerLm model, long tokens = 1000) =>
        new("all", new CausalLm(), model.Parts, tokens);

    [Fact]
    public void Events_come_before_the_first_step_and_after_equal_shares_of_the_tokens()
    {
        var model = Fresh();
        var events = new List<RunEvent>();
        var result = Train(model, new TrainingOptions { BatchRows = 5, Evaluations = 4 }, events.Add, Stage(model));
        Assert.Equal([0L, 250, 500, 750, 1000], events.Select(e => e.Tokens));
        Assert.Equal([0L, 5, 10, 15, 20], events.Select(e => e.Step));
        Assert.Equal((1000L, events[^1].TestLoss), (result.Tokens, result.TestLoss));
    }

    [Fact]
    public void The_test_loss_is_the_mean_over_tokens_of_what_the_model_says()
    {
        var byModel = -Model.LogProbabilities(Small.Data.Test.Documents).SelectMany(d => d).Average();
        var byTrainer = new Trainer("test", Model, Small.Data, new TrainingOptions(), Draws)
            .Evaluate(new Aim(new CausalLm()));
        Assert.Equal(byModel, byTrainer, 1e-5);
    }

    [Fact]
    public void Evaluating_more_often_does_not_change_the_run()
    {
        double Last(int evaluations)
        {
            var model = Fresh();
            return Train(model, new TrainingOptions { Evaluations = evaluations }, null, Stage(model)).TestLoss;
        }
        Assert.Equal(Last(1), Last(7));
    }

    /// <summary>Twice the loss of a causal model.</summary>
    private sealed record Twice : IObjective
    {
        public string Name => "twice";
        public Loss Of(Model model, Batch batch, Generator generator)
        {
            var loss = new CausalLm().Of(model, batch, generator);
            return loss with { Mean = 2 * loss.Mean };
        }
    }

    [Fact]
    public void The_test_loss_is_that_of_a_causal_model_whatever_the_objective_is_and_the_objectives_own_stands_beside_it()
    {
        var model = Fresh();
        var events = new List<RunEvent>();
        Train(model, new TrainingOptions { Evaluations = 4 }, events.Add,
            Stage(model) with { Aims = [new(new Twice())] }, Stage(model));
        var causal = new Trainer("test", model, Small.Data, new TrainingOptions(), Draws)
            .Evaluate(new Aim(new CausalLm()));
        Assert.Equal(causal, events[^1].TestLoss);
        Assert.Equal([true, true, true, false, false], events.Select(e => e.ObjectiveLoss is not null));
        Assert.All(events.Take(3), e => Assert.Equal(2 * e.TestLoss, e.ObjectiveLoss!.Value, 1e-6));
    }

    [Fact]
    public void A_stage_that_needs_no_other_is_not_on_the_critical_path_of_a_longer_one()
    {
        var model = Fresh();
        var (head, all) = (Stage(model) with { Name = "head", Train = [model.Head] },
            Stage(model, 2000) with { Needs = [] });
        double Flops(Stage stage) => stage.Tokens * Ledger.FlopsPerToken(model, stage.Train, Small.Data.Train.Length);
        var result = Train(model, new TrainingOptions { BatchRows = 5 }, null, head, all);
        Assert.Equal((Flops(head) + Flops(all), Flops(all)), (result.Flops, result.CriticalPathFlops));
        result = Train(model, new TrainingOptions { BatchRows = 5 }, null, head, all with { Needs = null });
        Assert.Equal(result.Flops, result.CriticalPathFlops);
    }

    [Fact]
    public void A_cancelled_run_stops_and_the_model_keeps_what_it_has_learned()
    {
        using var stop = new CancellationTokenSource();
        RunHost.Current = new RunHost(null, stop.Token);
        var model = Fresh();
        var events = new List<RunEvent>();
        Assert.Throws<OperationCanceledException>(() => Train(model, new TrainingOptions { Evaluations = 50 }, e =>
        {
            events.Add(e);
            if (events.Count == 20) stop.Cancel();
        }, Stage(model, 10_000)));
        RunHost.Current = new RunHost(null, CancellationToken.None);
        Assert.Equal(20, events.Count);
        Assert.True(new Trainer("test", model, Small.Data, new TrainingOptions(), Draws)
            .Evaluate(new Aim(new CausalLm())) < events[0].TestLoss);
    }

    [Fact]
    public async Task A_run_gives_the_same_losses_to_the_last_bit_alone_and_beside_one_or_three_others_in_any_order()
    {
        static Task<double[]> Start(int seed) => Task.Factory.StartNew(() =>
        {
            set_num_threads(1);
            using var generator = new Generator((ulong)seed);
            var model = new TransformerLm(Small.Config with { Width = 40, Heads = 4 }, generator);
            var losses = new List<double>();
            new Trainer($"{seed}", model, Small.Data, new TrainingOptions { BatchRows = 7 }, generator)
                .Train([Stage(model, 4000)], e => losses.AddRange([e.TestLoss, e.TrainLoss]));
            return losses.ToArray();
        }, TaskCreationOptions.LongRunning);

        static async Task<double[][]> InGroups(params int[][] groups)
        {
            var losses = new Dictionary<int, double[]>();
            foreach (var group in groups)
                foreach (var (seed, result) in group.Zip(await Task.WhenAll(group.Select(Start))))
                    losses[seed] = result;
            return [losses[1], losses[2], losses[3], losses[4]];
        }

        var alone = await InGroups([1], [2], [3], [4]);
        Assert.Equal(alone, await InGroups([4, 2], [3, 1]));
        Assert.Equal(alone, await InGroups([3, 1, 4, 2]));
        Assert.Equal(4, alone.Select(losses => losses[^1]).Distinct().Count());
    }

    [Fact]
    public void Progress_reaches_the_host_and_ends_at_the_last_step()
    {
        var reports = new List<TrainingProgress>();
        RunHost.Current = new RunHost(new Sink(reports), CancellationToken.None);
        var model = Fresh();
        Train(model, new TrainingOptions { BatchRows = 5 }, null, Stage(model));
        RunHost.Current = new RunHost(null, CancellationToken.None);
        Assert.Equal((20L, 20L, TimeSpan.Zero), (reports[^1].Step, reports[^1].Steps, reports[^1].Remaining));
        Assert.True(reports[^1].TokensPerSecond > 0);
    }

    private sealed class Sink(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }

    [Fact]
    public void A_rate_that_explodes_is_reported_with_the_rate()
    {
        var model = Fresh();
        var stage = Stage(model, 100_000) with { Schedule = new Schedule { Peak = 1e30 } };
        Assert.Contains("lower the peak learning rate",
            Assert.Throws<DivergenceException>(() => Train(model, new TrainingOptions(), null, stage)).Message);
    }

    [Fact]
    public void Stages_that_make_no_sense_are_refused_in_one_sentence()
    {
        string Refused(params Stage[] stages) =>
            Assert.Throws<ArgumentException>(() => Train(Model, new TrainingOptions(), null, stages)).Message;
        var stage = Stage(Model);
        Assert.Contains("no stages", Refused());
        Assert.Contains("trains no part", Refused(stage with { Train = [] }));
        Assert.Contains("0 tokens", Refused(stage with { Tokens = 0 }));
        Assert.Contains("above 0", Refused(stage with { Schedule = new Schedule { Peak = double.NaN } }));
        Assert.Contains("its parts are embedding, body, body positions, body layer 1",
            Refused(stage with { Train = [new Part("other", Model.Body.Module)] }));
        Assert.Equal("Stage 'all' needs 'all', which is no stage before it: name an earlier one.",
            Refused(stage with { Needs = ["all"] }));
        Assert.Contains("BatchRows is 0", Assert.Throws<ArgumentException>(() =>
            Train(Model, new TrainingOptions { BatchRows = 0 }, null, stage)).Message);
    }

    [Theory]
    [InlineData(0.05, 3e-3)]
    [InlineData(1, 3e-4)]
    public void The_rate_warms_up_to_the_peak_and_falls_to_a_tenth(double done, double rate) =>
        Assert.Equal(rate, new Schedule().At(done), 1e-9);

    [Fact]
    public void The_rate_rises_then_falls()
    {
        var rates = Enumerable.Range(0, 101).Select(i => new Schedule().At(i / 100.0)).ToArray();
        Assert.Equal(rates[..6].Order(), rates[..6]);
        Assert.Equal(rates[5..].OrderDescending(), rates[5..]);
        Assert.True(rates[0] > 0);
    }
}
