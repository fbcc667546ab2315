using LmNotebooks.Models;
using LmNotebooks.Strategies;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Strategies;

public class HierarchicalTrainingTests
{
    /// <summary>The stages of 1000 tokens, a line each: name, tokens, parts, objective.</summary>
    private static string[] Stages(HierarchicalTraining strategy, ModelConfig config)
    {
        using var model = strategy.Build(config, new Generator(1));
        Assert.False(model.Config.TieHead);
        return [.. strategy.Stages(model, Small.Plan(1000, new Schedule())).Select(s =>
            $"{s.Name} {s.Tokens}: {string.Join(", ", s.Train.Select(p => p.Name))} by "
                + $"{s.Aims[0].Objective.Name.Split(',')[0]}")];
    }

    public static TheoryData<HierarchicalTraining, ModelConfig, string[]> Tables => new()
    {
        { new(), Small.Config,
            ["word vectors 200: embedding, contexts by skip-gram",
                "body 600: body, probe head by causal LM through probe head",
                "head 200: head by causal LM"] },
        { new() { HeadShare = 0 }, Small.Config,
            ["word vectors 200: embedding, contexts by skip-gram", "body 800: body, head by causal LM"] },
        { HierarchicalTraining.RandomVectors, Small.Config,
            ["body 800: body, probe head by causal LM through probe head", "head 200: head by causal LM"] },
        { new() { WordShare = 0, HeadShare = 0 }, Small.Config, ["body 1000: body, head by causal LM"] },
        { new() { Freeze = false }, Small.Config,
            ["word vectors 200: embedding, contexts by skip-gram",
                "body 600: embedding, body, probe head by causal LM through probe head",
                "head 200: embedding, body, head by causal LM"] },
        { new(), Small.Translator,
            ["word vectors 200: embedding, contexts by skip-gram",
                "body 600: source, encoder, body, probe head by causal LM through probe head",
                "head 200: head by causal LM"] },
        { new() { Freeze = false, HeadShare = 0.4 }, Small.Translator,
            ["word vectors 200: embedding, contexts by skip-gram",
                "body 400: embedding, source, encoder, body, probe head by causal LM through probe head",
                "head 400: embedding, source, encoder, body, head by causal LM"] },
    };

    [Theory, MemberData(nameof(Tables))]
    public void Parts_train_one_after_another_for_their_shares_of_the_tokens(HierarchicalTraining strategy,
        ModelConfig config, string[] stages) =>
        Assert.Equal(stages, Stages(strategy, config));
}
