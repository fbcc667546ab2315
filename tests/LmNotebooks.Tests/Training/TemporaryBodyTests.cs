using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Training;

/// <summary>A body that stands in for the model's own while others train.</summary>
[Collection(nameof(Alone))]
public sealed class TemporaryBodyTests : IDisposable
{
    private readonly Small.Folder folder = new();

    public TemporaryBodyTests() => set_num_threads(1);   // as runs have it

    public void Dispose() => folder.Dispose();

    private static readonly FrozenInterface Strategy = new() { FirstLayers = 1 };

    /// <summary>The objective of a stage, which dies when it is asked the given time.</summary>
    private sealed record Dying(IObjective Other, int At) : IObjective
    {
        public int Asked { get; private set; }
        public string Name => Other.Name;
        public IReadOnlyList<Part> Temporary => Other.Temporary;
        public IEnumerable<Application> Applications(Model model, Extent text) => Other.Applications(model, text);
        public Loss Of(Model model, Batch batch, Generator generator) => ++Asked == At ? throw new Killed()
            : Other.Of(model, batch, generator);
    }

    private sealed record Outcome(IReadOnlyList<RunEvent> Events, string Weights, int Asked);

    /// <param name="seed">Of the run; the model always begins the same.</param>
    private static Outcome Train(int dies = int.MaxValue, Checkpoint? checkpoint = null, ulong seed = 1)
    {
        using var model = Strategy.Build(Small.Config, new Generator(1));
        var stages = Strategy.Stages(model, Small.Plan(2000, new Schedule { Peak = 1e-2 }));
        var objective = new Dying(stages[0].Aims[0].Objective, dies);
        var events = new List<RunEvent>();
        new Trainer("test", model, Small.Data, new TrainingOptions { BatchRows = 7, Evaluations = 4 },
            new Generator(seed)) { Checkpoint = checkpoint }
            .Train([stages[0] with { Aims = [new(objective)] }, stages[1]], e => events.Add(e with { Seconds = 0 }));
        return new(events, Tests.Weights.Hash(model), objective.Asked);
    }

    [Fact]
    public void It_is_drawn_from_the_generator_of_the_run_whatever_the_process_drew_before()
    {
        manual_seed(1);
        var first = Train();
        manual_seed(2);
        var (second, other) = (Train(), Train(seed: 2));
        Assert.Equal(first.Events, second.Events);
        Assert.Equal(first.Weights, second.Weights);
        Assert.Equal(first.Events[0].TestLoss, other.Events[0].TestLoss); // of the model, which began the same
        // through the first body, before anything has learned
        Assert.NotEqual(first.Events[0].ObjectiveLoss, other.Events[0].ObjectiveLoss);
    }

    [Fact]
    public void It_begins_as_the_body_of_a_model_begins()
    {
        using var off = no_grad();
        using var model = new ModelConfig { Vocabulary = 12, Context = 10, Layers = 3 }.Build(new Generator(1));
        var body = TemporaryPart.Body("other", model, c => c);
        body.Draw!(new Generator(2));
        Assert.All(body.Module.named_parameters().Zip(model.Body.Module.named_parameters()), pair =>
        {
            var (drawn, own) = (pair.First.parameter, pair.Second.parameter);
            // vectors begin at 0 or 1
            Assert.Equal((pair.Second.name, own.dim() >= 2), (pair.First.name, !drawn.equal(own).all().item<bool>()));
            if (own.dim() >= 2) Assert.InRange(drawn.std().item<float>() / own.std().item<float>(), 0.9, 1.1);
        });
        body.Module.Dispose();
    }

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 8));

    [Theory, MemberData(nameof(Seeds))]
    public void A_run_that_dies_twice_while_it_stands_in_ends_as_one_that_never_died(int seed)
    {
        var random = new Random(seed);
        var undisturbed = Train();
        Checkpoint Here() => new(folder.File("run.safetensors")) { Share = 1e9 };    // at every step
        var first = random.Next(undisturbed.Asked / 3, undisturbed.Asked);
        Assert.Throws<Killed>(() => { Train(first, Here()); });
        manual_seed(seed); // what a new process draws is something else
        var (left, resumed) = (undisturbed.Asked - first, random.Next(1, 3));
        if (left > resumed + 1) Assert.Throws<Killed>(() => { Train(resumed, Here()); });
        var ended = Train(checkpoint: Here());
        Assert.InRange(ended.Asked, 1, undisturbed.Asked - 1); // it went on, and did not begin anew
        Assert.Equal(undisturbed.Events, ended.Events);
        Assert.Equal(undisturbed.Weights, ended.Weights);
    }

    [Fact]
    public void It_is_no_part_of_the_model_when_the_run_has_ended_and_its_weights_are_freed()
    {
        using var model = Strategy.Build(Small.Config, new Generator(1));
        var stages = Strategy.Stages(model, Small.Plan(2000, new Schedule { Peak = 1e-2 }));
        var weights = stages[0].Train[^1].Module.parameters().ToList();
        Assert.NotEmpty(weights);
        var result = new Trainer("test", model, Small.Data, new TrainingOptions { Evaluations = 1 }, new Generator(1))
            .Train(stages, _ => { });
        Assert.Equal(Small.Config.Parameters, result.Parameters);
        Assert.All(weights, w => Assert.True(w.IsInvalid));
    }
}
