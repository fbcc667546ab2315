using LmNotebooks.Strategies;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Strategies;

public class SpareBodyTests
{
    [Fact]
    public void Both_bodies_need_the_interface_and_not_each_other()
    {
        using var generator = new Generator(1);
        using var model = new SpareBody().Build(Small.Config, generator);
        var stages = new SpareBody().Stages(model, Small.Plan(600, Small.Scale.Schedule));
        Assert.Equal(["interface", "spare body", "body"], stages.Select(s => s.Name));
        Assert.All(stages.Skip(1), stage => Assert.Equal(["interface"], stage.Needs));
    }
}
