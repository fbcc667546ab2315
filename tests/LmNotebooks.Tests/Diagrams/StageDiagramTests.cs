using LmNotebooks.Diagrams;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Strategies;
using LmNotebooks.Tests.Strategies;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Diagrams;

public class StageDiagramTests
{
    public static TheoryData<IStrategy, ModelConfig> All => StrategyContract.All;

    private static T With<T>(IStrategy strategy, ModelConfig config, Func<Model, IReadOnlyList<Stage>, T> use)
    {
        using var generator = new Generator(1);
        using var model = strategy.Build(config, generator);
        return use(model, strategy.Stages(model, Small.Plan(10_000, Small.Scale.Schedule)));
    }

    private static IEnumerable<Part> Leaves(IEnumerable<Part> parts) =>
        parts.SelectMany(p => p.All).Where(p => p.Parts.Count == 0);

    /// <summary>Cells by the names of their parts and stages.</summary>
    private static Dictionary<(string Part, string Stage), (Box Box, bool Trains)> Cells(Drawing drawing)
    {
        var cells = new Dictionary<(string, string), (Box, bool)>();
        foreach (var box in drawing.Shapes.OfType<Box>())
            foreach (var (says, trains) in new[] { (" trains in ", true), (" stays as it is in ", false) })
                if (box.Title?.Split(says) is [var part, var stage]) cells.Add((part, stage), (box, trains));
        return cells;
    }

    [Theory, MemberData(nameof(All))]
    public void A_part_is_drawn_frozen_exactly_where_the_stage_does_not_train_it(IStrategy strategy,
        ModelConfig config) => With(strategy, config, (model, stages) =>
    {
        var cells = Cells(Diagram.Of(model, stages));
        foreach (var part in model.Parts.Concat(model.Heads).SelectMany(p => p.All))
            foreach (var stage in stages.Where(s => cells.ContainsKey((part.Name, s.Name))))
                Assert.All(Leaves([part]), leaf => Assert.Equal(Leaves(stage.Train).Contains(leaf),
                    cells[(part.Name, stage.Name)].Trains));
        return 0;
    });

    [Theory, MemberData(nameof(All))]
    public void Every_weight_of_the_model_is_in_one_row_of_every_stage(IStrategy strategy, ModelConfig config) =>
        With(strategy, config, (model, stages) =>
        {
            var cells = Cells(Diagram.Of(model, stages));
            var parts = model.Parts.Concat(model.Heads).SelectMany(p => p.All).ToList();
            foreach (var leaf in Leaves(model.Parts.Concat(model.Heads)))
                foreach (var stage in stages)
                    Assert.Single(parts, p => p.All.Contains(leaf) && cells.ContainsKey((p.Name, stage.Name)));
            return 0;
        });

    [Theory, MemberData(nameof(All))]
    public void A_stage_is_as_wide_as_its_tokens_and_begins_where_the_one_before_ends(IStrategy strategy,
        ModelConfig config) => With(strategy, config, (model, stages) =>
    {
        var cells = Cells(Diagram.Of(model, stages));
        var (left, right) = (cells.Values.Min(c => c.Box.X), cells.Values.Max(c => c.Box.X + c.Box.Width));
        var (unit, before) = ((right - left + 2) / stages.Sum(s => s.Tokens), 0.0);
        foreach (var stage in stages)
        {
            Assert.All(cells.Where(c => c.Key.Stage == stage.Name).Select(c => c.Value.Box), box =>
            {
                Assert.Equal(left + before * unit, box.X, 1e-6);
                Assert.Equal(stage.Tokens * unit, box.Width + 2, 1e-6);
            });
            before += stage.Tokens;
        }
        return 0;
    });

    [Theory, MemberData(nameof(All))]
    public void What_is_thrown_away_is_dashed_and_stands_in_its_stages_alone(IStrategy strategy, ModelConfig config) =>
        With(strategy, config, (model, stages) =>
        {
            var cells = Cells(Diagram.Of(model, stages));
            var temporary = stages.SelectMany(s => s.Temporary).SelectMany(p => p.All).Select(p => p.Name).ToHashSet();
            Assert.All(cells, cell => Assert.Equal(temporary.Contains(cell.Key.Part), cell.Value.Box.Dashed));
            foreach (var stage in stages)
                Assert.Equal(Leaves(stage.Temporary).Any(), cells.Any(c => c.Key.Stage == stage.Name
                    && c.Value.Box.Dashed));
            return 0;
        });

    [Theory, MemberData(nameof(All))]
    public void Stages_alone_show_the_parts_that_they_name(IStrategy strategy, ModelConfig config) =>
        With(strategy, config, (_, stages) =>
        {
            var cells = Cells(Diagram.Of(stages));
            foreach (var stage in stages)
                Assert.Equal(Leaves(stage.Train).Distinct().Count(), stage.Train.SelectMany(p => p.All).Distinct()
                    .Where(p => cells.ContainsKey((p.Name, stage.Name)) && cells[(p.Name, stage.Name)].Trains)
                    .SelectMany(p => Leaves([p])).Distinct().Count());
            return 0;
        });

    [Theory, MemberData(nameof(All))]
    public void Drawing_a_strategy_frees_every_weight_that_was_made_for_it(IStrategy strategy, ModelConfig config)
    {
        var watched = new Watched(strategy);
        Diagram.Of(watched, config, Small.Plan(1_000, Small.Scale.Schedule));
        Assert.NotEmpty(watched.Weights);
        Assert.All(watched.Weights, w => Assert.True(w.IsInvalid));
    }

    [Fact]
    public void The_critical_path_is_the_longest_chain_of_stages_that_need_each_other() =>
        Pictures.With(Small.Config with { TieHead = false }, model =>
        {
            var drawing = Diagram.Of(model, Pictures.Beside(model));
            Assert.Contains("The critical path is body, then head.", drawing.Caption);
            Assert.Contains(drawing.Shapes.OfType<Note>(), n => n.Text.StartsWith("critical path: 4000 tokens"));
            Assert.Equal(["body", "head"], drawing.Shapes.OfType<Stroke>()
                .Where(s => s.Title?.EndsWith(" is on the critical path") == true)
                .Select(s => s.Title!.Split(' ')[0]).Distinct());
            return 0;
        });

    [Fact]
    public void Stages_that_cannot_be_drawn_are_refused_in_one_sentence()
    {
        Assert.Equal("There are no stages to draw: name at least one.",
            Assert.Throws<ArgumentException>(() => Diagram.Of([])).Message);
        Assert.Equal("Stage 'body' has a budget of 0 tokens: it must be at least 1.",
            Assert.Throws<ArgumentException>(() => Pictures.With(Small.Config, model =>
                Diagram.Of([new Stage("body", new CausalLm(), [model.Body], 0)]))).Message);
    }

    /// <summary>A strategy that remembers the weights of all that it makes. Their number in the process would not do:
    /// TorchSharp counts a weight twice when it is made, and once when it is freed.</summary>
    private sealed record Watched(IStrategy Real) : IStrategy
    {
        public List<Tensor> Weights { get; } = [];
        public string Name => Real.Name;

        public Model Build(ModelConfig config, Generator generator)
        {
            var model = Real.Build(config, generator);
            Watch(model);
            return model;
        }

        public IReadOnlyList<Stage> Stages(Model model, Plan plan)
        {
            var stages = Real.Stages(model, plan);
            foreach (var part in stages.SelectMany(s => s.Temporary).Distinct()) Watch(part.Module);
            return stages;
        }

        // Some layers of libtorch make the object of a weight anew for each caller, who then frees that alone.
        private void Watch(nn.Module module) => Weights.AddRange(module.parameters().Zip(module.parameters())
            .Where(twice => ReferenceEquals(twice.First, twice.Second)).Select(twice => twice.First));
    }
}
