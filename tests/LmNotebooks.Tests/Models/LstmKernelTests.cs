using LmNotebooks.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

/// <summary>The quick kernel is taken where it is right, and the sure one where it is not.</summary>
public sealed class LstmKernelTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly List<string> calls = [];
    private readonly LSTM layers = nn.LSTM(3, 3, batchFirst: true);
    private readonly IDisposable off = no_grad();

    public void Dispose()
    {
        off.Dispose();
        scope.Dispose();
    }

    /// <summary>The kernels write down their calls; the quick one is off by so much.</summary>
    private LstmKernel Kernel(Func<Tensor, double> off)
    {
        Lstm Named(string name, Func<Tensor, double> error) => (layers, x, before) =>
        {
            calls.Add(name);
            var (outputs, states, cells) = layers.call(x, before);
            return (outputs.Plus(error(x)), states, cells);
        };
        return new LstmKernel(Named("quick", off), Named("sure", _ => 0));
    }

    private Tensor Right(Tensor x) => layers.call(x).Item1;

    [Fact]
    public void A_quick_kernel_that_is_right_is_compared_once_for_each_shape()
    {
        var kernel = Kernel(_ => 1e-7);
        foreach (var rows in new[] { 2, 2, 2, 5, 5 }) kernel.Call(layers, randn(rows, 4, 3), null);
        Assert.Equal(["quick", "sure", "quick", "quick", "quick", "sure", "quick"], calls);
    }

    [Fact]
    public void A_quick_kernel_that_is_wrong_is_not_called_again_at_this_width()
    {
        var kernel = Kernel(_ => 0.02);
        foreach (var rows in new[] { 2, 2, 5 })
        {
            var x = randn(rows, 4, 3);
            Assert.True(Right(x).Equals(kernel.Call(layers, x, null).Outputs));
        }
        Assert.Equal(["quick", "sure", "sure", "sure"], calls);
    }

    [Fact]
    public void A_width_that_is_wrong_for_one_shape_is_wrong_for_all()
    {
        var kernel = Kernel(x => x.size(0) == 5 ? 0.02 : 0);
        foreach (var rows in new[] { 2, 5, 2 }) kernel.Call(layers, randn(rows, 4, 3), null);
        Assert.Equal(["quick", "sure", "quick", "sure", "sure"], calls);
    }

    /// <summary>From a fresh state and with no weights, everything is zero, whatever a kernel does.</summary>
    [Fact]
    public void Zeros_do_not_count_as_right()
    {
        foreach (var p in layers.parameters()) p.zero_();
        var kernel = Kernel(_ => 0);
        for (var i = 0; i < 2; i++) kernel.Call(layers, randn(2, 4, 3), null);
        Assert.Equal(["quick", "sure", "sure"], calls);
    }

    [Fact]
    public void Libtorchs_own_keep_nothing_for_gradients()
    {
        foreach (var p in layers.parameters()) p.zero_();   // so that the one for training is taken
        var (outputs, states, cells) = LstmKernel.OfLibtorch.Call(layers, randn(2, 4, 3), null);
        Assert.All([outputs, states, cells], t => Assert.False(t.requires_grad));
        Assert.False(is_grad_enabled());
    }
}
