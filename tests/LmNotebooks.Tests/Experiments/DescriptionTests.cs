using LmNotebooks.Experiments;
using LmNotebooks.Models;
using LmNotebooks.Strategies;

namespace LmNotebooks.Tests.Experiments;

public class DescriptionTests
{
    private static string Said(Func<ModelConfig, ModelConfig> size) =>
        new Trained("Transformer", new Joint()) { Size = size }.Describe(Small.Scale)["model"]!.ToJsonString();

    [Fact]
    public void A_model_that_shares_no_more_than_the_tied_head_is_described_as_ever() =>
        Assert.Equal("""{"architecture":"Transformer","width":16,"layers":2,"heads":2,"tieHead":true}""", Said(c => c));

    [Fact]
    public void What_is_shared_is_named()
    {
        var all = Small.Sharing.Select(s => Said(_ => s)).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.EndsWith(""" "attentionOf":[0,1,0,1],"feedForwardOf":[0,0,2,3],"vectorWidth":5,"multiQuery":true}""".Trim(), all[^1]);
    }
}
