using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Training;

/// <summary>Training of words that are sums of their pieces.</summary>
[Collection(nameof(Alone))]
public class SubwordTrainingTests
{
    private static readonly IStrategy[] Methods =
        [new Joint(), new HierarchicalTraining { HeadShare = 0 }, new FrozenInterface(), new GreedyLayerwise()];

    public static TheoryData<IStrategy> All => new(Methods.AsEnumerable());

    public SubwordTrainingTests() => set_num_threads(1);   // as runs have it

    private static double Train(IStrategy strategy, Model model, long tokens, Generator draws) =>
        new Trainer("test", model, Small.Data, Small.Scale.Options, draws)
            .Train(strategy.Stages(model, Small.Plan(tokens, Small.Scale.Schedule)), _ => { }).TestLoss;

    [Theory, MemberData(nameof(All))]
    public void The_loss_falls_and_the_same_seed_gives_the_same(IStrategy strategy)
    {
        double Loss(ulong seed, long tokens)
        {
            using var generator = new Generator(seed);
            using var model = strategy.Build(Small.Config with { Pieces = Small.Pieces }, generator);
            return tokens > 0 ? Train(strategy, model, tokens, generator)
                : new Trainer("test", model, Small.Data, Small.Scale.Options, generator)
                    .Evaluate(new Aim(new CausalLm()));
        }
        var (before, after) = (Loss(1, 0), Loss(1, 8000));
        Assert.True(after < before - 0.2, $"from {before} to {after}");
        Assert.Equal(after, Loss(1, 8000));
        Assert.NotEqual(after, Loss(2, 8000));
    }

    [Fact]
    public void Training_and_writing_leave_no_tensor_behind()
    {
        using var generator = new Generator(1);
        using var model = LanguageModel.Of(Small.Config with { Pieces = Small.Pieces }, generator);
        Train(new Joint(), model, 400, generator);
        Leaks.NoneAfter(() =>
        {
            Train(new Joint(), model, 400, generator);
            model.Vectors();
            model.Generate([2], 15, seed: 1);    // beyond the context
            model.BeamSearch([2], 15, beams: 3);
        });
    }
}
