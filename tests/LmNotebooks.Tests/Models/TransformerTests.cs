using LmNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

public class TransformerTests
{
    private static TransformerLm Model(int seed = 1, bool tie = true) => new(Small.Config with { TieHead = tie }, new Generator((ulong)seed));

    [Fact]
    public void The_fast_kernels_compute_what_their_definitions_say()
    {
        using var generator = new Generator(7);
        Tensor Draw(params long[] shape) => randn(shape, generator: generator);
        static void Same(Tensor a, Tensor b) => Assert.True((a - b).abs().max().item<float>() < 1e-5);
        var (q, k, v) = (Draw(2, 3, 9, 4), Draw(2, 3, 9, 4), Draw(2, 3, 9, 4));
        Same(Kernels.Attend(q, k, v), Kernels.AttendByDefinition(q, k, v));
        var norm = nn.LayerNorm(4);
        using (no_grad()) norm.weight!.copy_(Draw(4));
        using (no_grad()) norm.bias!.copy_(Draw(4));
        Same(Kernels.Normalise(norm, q), Kernels.NormaliseByDefinition(norm.weight!, norm.bias!, q));
        var table = nn.Embedding(7, 4);
        var ids = tensor(new long[] { 3, 0, 6 }).unsqueeze(0);
        Same(Kernels.LookUp(table, ids), Kernels.LookUpByDefinition(table.weight!, ids));
    }

    [Fact]
    public void No_position_sees_the_future()
    {
        var model = Model();
        var a = tensor(new long[] { 0, 2, 3, 4, 5, 6 }).unsqueeze(0);
        var b = tensor(new long[] { 0, 2, 3, 9, 8, 7 }).unsqueeze(0);
        var difference = (model.call(a) - model.call(b)).abs().amax(-1)[0].data<float>().ToArray();
        Assert.All(difference[..3], d => Assert.True(d < 1e-5));
        Assert.All(difference[3..], d => Assert.True(d > 1e-5));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_predicted_number_of_parameters_is_the_number_of_parameters(bool tie)
    {
        var model = Model(tie: tie);
        Assert.Equal((Small.Config with { TieHead = tie }).Parameters, model.parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void A_tied_head_has_no_matrix_of_its_own_and_trains_the_embedding()
    {
        var model = Model();
        Assert.DoesNotContain(model.Head.Module.parameters(), p => p.dim() > 1);
        model.Embedding.Module.parameters().ToList().ForEach(p => p.requires_grad = true);
        model.call(tensor(new long[] { 2 }).unsqueeze(0)).sum().backward();
        Assert.True(model.Embedding.Module.parameters().First(p => p.size(0) == Small.Vocabulary).grad![7].abs().sum().item<float>() > 0);   // token 7 was not read
    }

    [Fact]
    public void The_same_seed_gives_the_same_parameters_whatever_the_process_drew_before()
    {
        var a = Model(3);
        manual_seed(99);
        rand(10).Dispose();
        Assert.All(a.named_parameters().Zip(Model(3).named_parameters()), pair => Assert.True(pair.First.parameter.equal(pair.Second.parameter).all().item<bool>(), pair.First.name));
        Assert.False(a.parameters().First().equal(Model(4).parameters().First()).all().item<bool>());
    }

    [Fact]
    public void Next_sums_to_one_and_agrees_with_the_log_probabilities()
    {
        var model = Model();
        var document = Small.Documents(1, 5)[0];
        var logs = model.LogProbabilities([document])[0];
        for (var t = 0; t < document.Length; t++)
        {
            var next = model.Next(document[..t]);
            Assert.Equal(1, next.Sum(), 1e-9);
            Assert.Equal(logs[t], Math.Log(next[document[t]]), 1e-4);
        }
    }

    [Fact]
    public void Documents_of_different_lengths_do_not_disturb_each_other()
    {
        var documents = Small.Documents(3, 5).Select((d, i) => d[..(3 + 3 * i)]).ToArray();
        var together = Model().LogProbabilities(documents);
        for (var i = 0; i < documents.Length; i++)
            Assert.All(together[i].Zip(Model().LogProbabilities([documents[i]])[0]), p => Assert.Equal(p.First, p.Second, 1e-5));
    }

    [Fact]
    public void The_parts_are_the_whole_model()
    {
        var model = Model(tie: false);
        Assert.Equal(model.parameters().Sum(p => p.numel()), model.Parts.Sum(p => p.Module.parameters().Sum(q => q.numel())));
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

    [Fact]
    public void A_document_longer_than_the_context_is_refused() =>
        Assert.Contains("the model reads 10", Assert.Throws<ArgumentException>(() => Model().LogProbabilities([new int[11]])).Message);
}
