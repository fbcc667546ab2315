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
        var seen = tensor(new[] { true, true, false, true, false, true, true, false, false, true, false, false, false,
            false, false, false, false, false }).view(2, 1, 1, 9);
        foreach (var queries in new[] { q, q[.., .., ..4] })
            Same(Kernels.AttendAll(queries, k, v, seen), Kernels.AttendAllByDefinition(queries, k, v, seen));
        // only the first position is seen
        Same(Kernels.AttendAllByDefinition(q, k, v, seen)[1], v[1][.., ..1].expand(-1, 9, -1));
        var norm = nn.LayerNorm(4);
        using (no_grad()) norm.weight!.copy_(Draw(4));
        using (no_grad()) norm.bias!.copy_(Draw(4));
        Same(Kernels.Normalise(norm, q), Kernels.NormaliseByDefinition(norm.weight!, norm.bias!, q));
        var table = nn.Embedding(7, 4);
        var ids = tensor(new long[] { 3, 0, 6 }).unsqueeze(0);
        Same(Kernels.LookUp(table, ids), Kernels.LookUpByDefinition(table.weight!, ids));
    }

    /// <summary>The whole forward pass from the parameters, with each head's values weighted by what the model
    /// says.</summary>
    [Fact]
    public void From_the_attention_weights_the_logits_are_found_again()
    {
        using var off = no_grad();
        var (config, text) = (Small.Config, new[] { 3, 9, 2, 2, 7 });
        using var model = new TransformerLm(config, new Generator(1));
        using var generator = new Generator(2);
        // sharp attention, and no gain or bias is neutral
        foreach (var p in model.parameters()) p.normal_(0, 0.3, generator);
        var parameters = model.named_parameters().ToDictionary(p => p.name, p => (Tensor)p.parameter);
        Tensor Linear(string name, Tensor v) =>
            nn.functional.linear(v, parameters[name + ".weight"], parameters[name + ".bias"]);
        Tensor Norm(string name, Tensor v) => Kernels.NormaliseByDefinition(parameters[name + ".weight"],
            parameters[name + ".bias"], v);

        var attention = model.AttentionWeights(text);
        Assert.Equal((config.Layers, config.Heads), (attention.Count, attention[0].Count));
        // [T, C]
        var x = parameters["embedding.token.weight"][tensor([config.Start, .. text], int64)]
            + parameters["body.position.weight"][..6];
        foreach (var (layer, heads) in attention.Index())
        {
            var block = $"body.blocks.{layer}.";
            var values = Linear(block + "attention.queryKeyValue", Norm(block + "normA", x))[..,
                (2 * config.Width)..].chunk(config.Heads, -1);
            var mixed = cat([.. heads.Zip(values, (weights, v) => tensor(weights).to(float32).matmul(v))], -1);
            x = x + Linear(block + "attention.residual", mixed);
            x = x + Linear(block + "residual", nn.functional.gelu(Linear(block + "expand", Norm(block + "normM", x))));
        }
        var logits = Norm("body.norm", x).matmul(parameters["embedding.token.weight"].t()) + parameters["head.bias"];
        Assert.True((logits - model.Logits(tensor([config.Start, .. text],
            int64).unsqueeze(0))[0]).abs().max().item<float>() < 1e-4);
    }

    [Fact]
    public void Attention_is_a_distribution_over_the_positions_up_to_ones_own()
    {
        using var model = new TransformerLm(Small.Config, new Generator(1));
        foreach (var head in model.AttentionWeights([3, 9, 2]).SelectMany(layer => layer))
            for (var t = 0; t < 4; t++)
            {
                Assert.Equal(1, Enumerable.Range(0, t + 1).Sum(s => head[t, s]), 1e-6);
                for (var s = t + 1; s < 4; s++) Assert.Equal(0, head[t, s]);
            }
        Assert.Contains("at most 9", Assert.Throws<ArgumentException>(() => model.AttentionWeights(new int[10]))
            .Message);
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
        Assert.StartsWith(expected, Assert.Throws<ArgumentException>(() => new TransformerLm(config, new Generator(1)))
            .Message);
    }
}
