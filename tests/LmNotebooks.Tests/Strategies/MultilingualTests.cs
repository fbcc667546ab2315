using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Strategies;

/// <summary>One translator of several directions.</summary>
public class MultilingualTests
{
    private static readonly Scale Scale = Small.Scale with { Labels = 200, TestDocuments = 10 };
    private static readonly Material Material = new ThreeLanguages("tiny").Draw(Scale, 1).Material;

    private static IReadOnlyList<Stage> Stages(Model model, Multilingual strategy) =>
        strategy.Stages(model, new(2_000, Scale.Schedule, Material.Goal, Material.Data));

    private static Model Build(Multilingual strategy)
    {
        using var generator = new Generator(1);
        return strategy.Build(Material.Config(Scale), generator);
    }

    [Fact]
    public void It_learns_from_the_directions_that_it_names_each_as_often_and_with_all_parts()
    {
        var strategy = new Multilingual("A to B", "B to C");
        using var model = Build(strategy);
        var stage = Assert.Single(Stages(model, strategy));
        Assert.Equal([("A to B", 1.0), ("B to C", 1.0)], stage.Aims.Select(aim => (aim.Data!.Name, aim.Share)));
        Assert.Equal(model.Parts, stage.Train);
        Assert.Equal(2_000, stage.Tokens);
    }

    [Fact]
    public void The_goal_is_what_it_is_tested_on_and_nothing_that_it_learns_from()
    {
        double[] Losses(Dataset goal)
        {
            var strategy = new Multilingual("A to B");
            using var model = Build(strategy);
            using var generator = new Generator(1);
            var events = new List<RunEvent>();
            var options = new TrainingOptions { BatchRows = 16, Evaluations = 2 };
            new Trainer("zero-shot", model, Material.Goal with { Data = goal }, options, generator)
                .Train(Stages(model, strategy), events.Add);
            return [.. events.Select(e => e.TestLoss)];
        }
        var goal = Material.GoalData;
        var losses = Losses(goal);
        Assert.Equal(losses, Losses(goal with { Train = Corpus.OfTranslations([goal.Train.Examples[0]], 0) }));
        Assert.NotEqual(losses, Losses(Material.Data[1]));
    }

    [Fact]
    public void A_direction_that_is_not_there_is_refused_in_one_sentence()
    {
        using var model = Build(new Multilingual("A to B"));
        Assert.Equal("There are no translations 'C to A', but A to C, A to B, B to A, B to C, C to B, B to B: name "
            + "some of these.", Assert.Throws<ArgumentException>(() => Stages(model, new("C to A"))).Message);
    }

    [Fact]
    public void A_record_knows_which_directions_it_learned_from() =>
        Assert.Equal("Multilingual { Directions = A to B, B to C }", new Multilingual("A to B", "B to C").ToString());
}
