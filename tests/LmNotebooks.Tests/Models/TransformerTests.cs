using LmNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

public class TransformerTests
{
    [Fact]
    public void The_fast_kernels_compute_what_their_definitions_say()
    {
        using var generator = new Generator(7);
        Tensor Draw(params long[] shape) => randn(shape, generator: generator);
        static void Same(Tensor a, Tensor b) => Assert.True((a - b).abs().max().item<float>() < 1e-5);
        var (q, k, v) = (Draw(2, 3, 9, 4), Draw(2, 3, 9, 4), Draw(2, 3, 9, 4));
        Same(Kernels.Attend(q, k, v), Kernels.AttendByDefinition(q, k, v));
        Same(Kernels.Attend(q[.., .., 8..], k, v), Kernels.AttendByDefinition(q, k, v)[.., .., 8..]);
        Same(Kernels.Attend(q[.., .., 6..], k, v), Kernels.AttendByDefinition(q, k, v)[.., .., 6..]);
        var norm = nn.LayerNorm(4);
        using (no_grad()) norm.weight!.copy_(Draw(4));
        using (no_grad()) norm.bias!.copy_(Draw(4));
        Same(Kernels.Normalise(norm, q), Kernels.NormaliseByDefinition(norm.weight!, norm.bias!, q));
        var table = nn.Embedding(7, 4);
        var ids = tensor(new long[] { 3, 0, 6 }).unsqueeze(0);
        Same(Kernels.LookUp(table, ids), Kernels.LookUpByDefinition(table.weight!, ids));
    }

    [Theory]
    [InlineData("Width 10 is not divisible by Heads 4")]
    [InlineData("Layers is 0")]
    [InlineData("Start is 99")]
    public void An_impossible_size_is_refused_in_one_sentence(string expected)
    {
        var config = expected[..5] switch
        {
            "Width" => Small.Config with { Width = 10, Heads = 4 },
            "Layer" => Small.Config with { Layers = 0 },
            _ => Small.Config with { Start = 99 },
        };
        Assert.StartsWith(expected, Assert.Throws<ArgumentException>(() => new TransformerLm(config, new Generator(1))).Message);
    }
}
