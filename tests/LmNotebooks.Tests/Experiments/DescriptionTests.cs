using LmNotebooks.Experiments;
using LmNotebooks.Models;
using LmNotebooks.Strategies;

namespace LmNotebooks.Tests.Experiments;

public sealed class DescriptionTests : IDisposable
{
    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>What the record of a short training says of the model.</summary>
    private async Task<string> Said(ModelConfig config)
    {
        var run = await Run.Train(new Joint(), Small.Data, Small.Scale with { TrainTokens = 100 }, config, 1,
            folder.Path, "description");
        return run.Record.Header.Config["arm"]!["model"]!.ToJsonString();
    }

    [Fact]
    public async Task A_model_that_shares_no_more_than_the_tied_head_is_described_by_its_kind_and_size() =>
        Assert.Equal("""{"architecture":"Transformer","width":16,"layers":2,"heads":2,"tieHead":true}""",
            await Said(Small.Config));

    [Fact]
    public async Task What_is_shared_besides_is_named()
    {
        var said = new List<string>();
        foreach (var config in Small.Sharing) said.Add(await Said(config));
        Assert.Equal(said.Count, said.Distinct().Count());
        Assert.EndsWith("""
            "tieHead":true,"attentionOf":[0,1,0,1],"feedForwardOf":[0,0,2,3],"vectorWidth":5,"multiQuery":true}
            """, said[^1]);
    }
}
