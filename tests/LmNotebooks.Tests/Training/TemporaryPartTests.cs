using LmNotebooks.Experiments;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Strategies;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Training;

/// <summary>Parts that are on a model only while it trains, and parts that are drawn anew.</summary>
[Collection(nameof(Alone))]
public class TemporaryPartTests
{
    private const double C = 16, V = 12, T = 10;

    private static TransformerLm Fresh() => new(Small.Config, new Generator(1));

    private static LmNotebooks.Records.RunResult Train(LanguageModel model, params Stage[] stages) =>
        new Trainer("test", model, Small.Data, new TrainingOptions { Evaluations = 1 }, new Generator(1))
            .Train(stages, _ => { });

    [Fact]
    public void A_temporary_part_costs_optimizer_memory_and_work_and_is_no_part_of_the_model()
    {
        var model = Fresh();
        var contexts = TemporaryPart.Vectors("contexts", model);
        var objective = new SkipGram(contexts) { Window = 2, Negatives = 3 };
        var alone = Train(model, new Stage("words", new CausalLm(), [model.Embedding], 100));
        var result = Train(model, new Stage("words", objective, [model.Embedding, contexts], 100));
        Assert.Equal(alone.Parameters, result.Parameters);
        Assert.Equal(8 * (V * C + V * C), result.OptimizerBytes);
        // scores, and gradients of both their vectors
        Assert.Equal(result.Tokens * 3 * 2 * C * 4 * (1 + 3), result.Flops);
    }

    [Fact]
    public void A_temporary_part_is_freed_where_its_run_is_refused_and_where_its_cost_is_only_predicted()
    {
        static bool IsFreed(Part part) => part.Module.parameters().All(p => p.IsInvalid);
        var model = Fresh();
        var contexts = TemporaryPart.Vectors("contexts", model);
        Assert.False(IsFreed(contexts));
        Assert.Throws<ArgumentException>(() =>
            Train(model, new Stage("words", new SkipGram(contexts), [model.Embedding, contexts], tokens: 0)));
        Assert.True(IsFreed(contexts));
        var strategy = new Watched();
        new Trained("watched", strategy) { Size = _ => Small.Config }.Flops(Small.Scale, new(Small.Data));
        Assert.Equal([true], strategy.Parts.Select(IsFreed));
    }

    /// <summary>Keeps the temporary parts that it makes.</summary>
    private sealed record Watched : IStrategy
    {
        public List<Part> Parts { get; } = [];
        public string Name => "watched";
        public Model Build(ModelConfig config, Generator generator) => config.Build(generator);

        public IReadOnlyList<Stage> Stages(Model model, Plan plan)
        {
            Parts.Add(TemporaryPart.Vectors("contexts", model));
            return [new("words", new SkipGram(Parts[^1]), [model.Embedding], plan.Tokens)];
        }
    }

    [Fact]
    public void A_stage_that_needs_other_stages_is_another_plan()
    {
        using var generator = new Generator(1);
        string Plan(params string[]? needs) => Checkpoint.Plan(new(new CausalLm(), Small.Data),
            [new Stage("words", new CausalLm(),
            Fresh().Parts, 1) { Needs = needs }], new TrainingOptions(), generator)["stages"];
        Assert.Equal(3, new[] { Plan(null), Plan(), Plan("first") }.Distinct().Count());
        Assert.Equal(Plan("first"), Plan("first"));
    }

    [Fact]
    public void A_probe_head_costs_what_a_head_costs()
    {
        var model = new TransformerLm(Small.Config with { TieHead = false }, new Generator(1));
        var probe = TemporaryPart.Head("probe head", model);
        Assert.Equal(Ledger.FlopsPerToken(model, [model.Body, model.Head], (int)T),
            Ledger.FlopsPerToken(model, [model.Body, probe], (int)T, new CausalLm { Way = new() { Head = probe } }));
    }

    [Fact]
    public void A_probe_head_begins_as_the_head_of_a_model_begins()
    {
        using var off = no_grad();
        using var model = new ModelConfig { Vocabulary = 50, Context = 10, TieHead = false }.Build(new Generator(1));
        var probe = TemporaryPart.Head("probe head", model);
        probe.Draw!(new Generator(2));
        var (drawn, own) = (probe.Module.named_parameters().ToList(), model.Head.Module.named_parameters().ToList());
        Assert.Equal(own.Select(p => (p.name, p.parameter.numel())), drawn.Select(p => (p.name, p.parameter.numel())));
        float[] Deviations(IEnumerable<(string, TorchSharp.Modules.Parameter Weights)> of) =>
            [.. of.Select(p => p.Weights.std().item<float>()).Order()];
        Assert.Equal(0, Deviations(drawn)[0]);                                                          // the bias
        Assert.InRange(Deviations(drawn)[1] / Deviations(own)[1], 0.95, 1.05);
        Assert.NotEqual(Weights.Hashes([model.Head]), Weights.Hashes([probe]));
        probe.Module.Dispose();
    }

    [Fact]
    public void A_body_learns_through_a_probe_head_what_it_learns_through_the_head_of_the_model_to_the_last_bit()
    {
        string Body(bool probed)
        {
            using var model = new TransformerLm(Small.Config with { TieHead = false }, new Generator(1));
            var probe = TemporaryPart.Head("probe head", model) with { Draw = null };
            using (no_grad())
                foreach (var (mine, own) in probe.Module.parameters()
                .Zip(model.Head.Module.parameters())) mine.copy_(own);
            Train(model, new Stage("body", new CausalLm { Way = new() { Head = probed ? probe : null } },
                [model.Body, probed ? probe : model.Head], 2000));
            return Weights.Hashes([model.Body]).Single();
        }
        Assert.Equal(Body(probed: false), Body(probed: true));
    }

    [Fact]
    public void A_part_that_a_stage_resets_begins_as_in_a_new_model()
    {
        var (model, other) = (Fresh(), Fresh());
        Train(model, new Stage("all", new CausalLm(), model.Parts, 2000));
        model.Initialise(new Generator(7), [model.Body]);
        other.Initialise(new Generator(7), [other.Body]);
        bool Same(Part a, Part b) => a.Module.parameters().Zip(b.Module.parameters())
            .All(p => p.First.equal(p.Second).all().item<bool>());
        Assert.Equal([false, true, false], model.Parts.Zip(other.Parts, Same));
    }

    [Fact]
    public void A_stage_loses_what_it_has_learned_when_it_resets_everything()
    {
        double Last(bool reset)
        {
            var model = Fresh();
            return Train(model, new Stage("first", new CausalLm(), model.Parts, 8000),
                new Stage("second", new CausalLm(), [model.Head], 10)
            {
                Reset = reset ? model.Parts : [],
            }).TestLoss;
        }
        Assert.InRange(Last(reset: false), 0, 1.5);
        Assert.InRange(Last(reset: true), 2, 4);
    }

    [Fact]
    public void A_stage_can_train_a_temporary_part_of_its_own_objective_only()
    {
        var model = Fresh();
        var contexts = TemporaryPart.Vectors("contexts", model);
        string Refused(Stage stage) => Assert.Throws<ArgumentException>(() => Train(model, stage)).Message;
        Assert.Contains("trains or resets 'contexts', which is no part",
            Refused(new Stage("a", new CausalLm(), [contexts], 10)));
        Assert.Contains("'contexts', which is no part of the model",
            Refused(new Stage("a", new SkipGram(contexts), [contexts], 10) { Reset = [contexts] }));
    }
}
