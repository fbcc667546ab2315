using LmNotebooks.Experiments;
using LmNotebooks.Strategies;
using LmNotebooks.Training;

namespace LmNotebooks.Tests.Experiments;

public class ModelCostTests
{
    [Fact]
    public void Layers_that_share_have_fewer_parameters_and_the_same_calculations()
    {
        var own = ModelCost.Of("own", new Joint(), Small.Config, rows: 4);
        var shared = ModelCost.Of("shared", WeightSharing.AlbertAll, Small.Config, rows: 4);
        Assert.True(shared.Parameters < own.Parameters && shared.Megabytes < own.Megabytes);
        Assert.Equal(own.FlopsPerToken, shared.FlopsPerToken);
    }
}
