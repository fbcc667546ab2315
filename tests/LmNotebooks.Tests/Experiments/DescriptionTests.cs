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
    public async Task A_model_is_described_by_what_is_not_as_it_is_by_default()
    {
        Assert.Equal("""{"width":16,"heads":2}""", await Said(Small.Config));
        Assert.Equal("""{"architecture":"Gru","width":16,"heads":2}""",
            await Said(Small.Config with { Architecture = Architecture.Gru }));
    }

    [Fact]
    public async Task What_is_shared_besides_is_named()
    {
        var said = new List<string>();
        foreach (var config in Small.Sharing) said.Add(await Said(config));
        Assert.Equal(said.Count, said.Distinct().Count());
        Assert.EndsWith("""
            "attentionOf":[0,1,0,1],"feedForwardOf":[0,0,2,3],"multiQuery":true,"vectorWidth":5}
            """, said[^1]);
    }
}
