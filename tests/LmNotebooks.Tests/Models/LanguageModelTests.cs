using LmNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

/// <summary>What a language model of every architecture keeps, whatever it shares.</summary>
public class LanguageModelTests
{
    public static TheoryData<ModelConfig> All => new(Small.Kinds);

    private static LanguageModel Model(ModelConfig kind, int seed = 1, bool tie = true) =>
        LanguageModel.Of(kind with { TieHead = tie }, new Generator((ulong)seed));

    [Theory, MemberData(nameof(All))]
    public void No_position_sees_the_future(ModelConfig kind)
    {
        var model = Model(kind);
        var a = tensor(new long[] { 0, 2, 3, 4, 5, 6 }).unsqueeze(0);
        var b = tensor(new long[] { 0, 2, 3, 9, 8, 7 }).unsqueeze(0);
        var difference = (model.Logits(a) - model.Logits(b)).abs().amax(-1)[0].data<float>().ToArray();
        Assert.All(difference[..3], d => Assert.True(d < 1e-5));
        Assert.All(difference[3..], d => Assert.True(d > 1e-5));
    }

    [Theory, MemberData(nameof(All))]
    public void The_predicted_number_of_parameters_is_the_number_of_parameters(ModelConfig kind)
    {
        foreach (var tie in new[] { true, false })
        {
            var model = Model(kind, tie: tie);
            Assert.Equal(model.Config.Parameters, model.parameters().Sum(p => p.numel()));
            Assert.Equal(16 * model.Config.Parameters, model.Config.TrainingBytes(batchRows: 0));
        }
    }

    [Theory, MemberData(nameof(All))]
    public void A_tied_head_has_no_matrix_of_its_own_and_trains_the_embedding(ModelConfig kind)
    {
        var model = Model(kind);
        Assert.DoesNotContain(model.Head.Module.parameters(), p => p.dim() > 1);
        model.Embedding.Module.parameters().ToList().ForEach(p => p.requires_grad = true);
        model.Logits(tensor(new long[] { 2 }).unsqueeze(0)).sum().backward();
        // token 7 was not read
        Assert.True(model.Embedding.Module.parameters()
            .First(p => p.size(0) == Small.Vocabulary).grad![7].abs().sum().item<float>() > 0);
    }

    [Theory, MemberData(nameof(All))]
    public void The_same_seed_gives_the_same_parameters_whatever_the_process_drew_before(ModelConfig kind)
    {
        var a = Model(kind, 3);
        manual_seed(99);
        rand(10).Dispose();
        Assert.All(a.named_parameters().Zip(Model(kind, 3).named_parameters()), pair =>
            Assert.True(pair.First.parameter.equal(pair.Second.parameter).all().item<bool>(), pair.First.name));
        Assert.False(a.parameters().First().equal(Model(kind, 4).parameters().First()).all().item<bool>());
    }

    [Theory, MemberData(nameof(All))]
    public void Next_sums_to_one_and_agrees_with_the_log_probabilities(ModelConfig kind)
    {
        var model = Model(kind);
        var document = Small.Documents(1, 5)[0];
        var logs = model.LogProbabilities([document])[0];
        for (var t = 0; t < document.Length; t++)
        {
            var next = model.Next(document[..t]);
            Assert.Equal(1, next.Sum(), 1e-9);
            Assert.Equal(logs[t], Math.Log(next[document[t]]), 1e-4);
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Documents_of_different_lengths_do_not_disturb_each_other(ModelConfig kind)
    {
        var documents = Small.Documents(3, 5).Select((d, i) => d[..(3 + 3 * i)]).ToArray();
        var together = Model(kind).LogProbabilities(documents);
        for (var i = 0; i < documents.Length; i++)
            Assert.All(together[i].Zip(Model(kind).LogProbabilities([documents[i]])[0]), p =>
                Assert.Equal(p.First, p.Second, 1e-5));
    }

    [Theory, MemberData(nameof(All))]
    public void The_parts_are_the_whole_model(ModelConfig kind)
    {
        var model = Model(kind, tie: false);
        Assert.Equal(model.parameters().Sum(p => p.numel()),
            model.Parts.Sum(p => p.Module.parameters().Sum(q => q.numel())));
    }

    [Theory, MemberData(nameof(All))]
    public void The_token_vectors_are_the_rows_of_the_embedding(ModelConfig kind)
    {
        var model = Model(kind);
        var vectors = model.Vectors();
        Assert.Equal((Small.Vocabulary, Small.Config.Width), (vectors.Length, vectors[0].Length));
        Assert.Equal(model.Embedding.Module.Weight[7, 3].item<float>(), vectors[7][3]);
    }

    [Theory, MemberData(nameof(All))]
    public void A_document_longer_than_the_context_is_refused(ModelConfig kind) =>
        Assert.Contains("the model reads 10", Assert.Throws<ArgumentException>(() => Model(kind)
            .LogProbabilities([new int[11]])).Message);
}
