using LmNotebooks.Models;

namespace LmNotebooks.Tests.Models;

/// <summary>A machine that computes wrongly is told what it computes wrongly.</summary>
public class KernelCheckTests
{
    [Fact]
    public void What_this_machine_computes_is_as_defined() =>
        Assert.All(KernelCheck.All, check => Assert.Null(check.Wrong()));

    [Fact]
    public void A_wrong_kernel_is_named_with_the_shapes_at_which_it_is_wrong()
    {
        var check = new KernelCheck("The LSTM", [("width 8", 0.02), ("width 17", 1e-7), ("width 48", 0.7)]);
        Assert.Equal("The LSTM is off by up to 0.7 for width 8, width 48.", check.Wrong());
    }

    [Fact]
    public void What_is_no_number_is_wrong() =>
        Assert.Equal("It is off by up to NaN for width 3.", new KernelCheck("It", [("width 3", double.NaN)]).Wrong());

    [Theory]
    [InlineData("LSTM without gradients")]
    [InlineData("LSTM with gradients")]
    [InlineData("GRU")]
    [InlineData("RNN")]
    [InlineData("Layer norm")]
    [InlineData("Causal attention")]
    [InlineData("Masked attention")]
    [InlineData("Softmax")]
    public void It_is_looked_at(string name) => Assert.Contains(KernelCheck.All, check => check.Name.Contains(name));
}
