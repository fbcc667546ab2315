using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

/// <summary>What a body of every architecture keeps, whatever it shares.</summary>
public class BodyTests
{
    private const int T = 6, C = 16;

    public static TheoryData<ModelConfig> Transformers =>
        new(Small.Kinds.Where(c => c.Architecture == Architecture.Transformer));

    public static TheoryData<ModelConfig> Recurrent =>
        new(Small.Kinds.Where(c => c.Architecture != Architecture.Transformer));

    private static Body BodyOf(ModelConfig kind) => kind.Build(new Generator(1)).Body.Module;

    private static Tensor Vectors(int rows = 2, int length = T) =>
        randn([rows, length, C], generator: new Generator(2));

    private static bool Same(Tensor a, Tensor b) => a.equal(b).all().item<bool>();

    [Theory, MemberData(nameof(Transformers))]
    public void Word_vectors_that_are_frozen_leave_the_positions_to_train(ModelConfig kind)
    {
        using var model = kind.Build(new Generator(1));
        Part[] parts = [model.Embedding, model.Body.Parts[0]];
        Assert.Equal("body positions", parts[1].Name);
        var before = Weights.Hashes(parts);
        new Trainer("test", model, Small.Data, new TrainingOptions { Evaluations = 1 }, new Generator(5))
            .Train([new Stage("body", new CausalLm(), [model.Body], 100)], _ => { });
        Assert.Equal([true, false], before.Zip(Weights.Hashes(parts), (a, b) => a == b));
    }

    [Theory, MemberData(nameof(Transformers))]
    public void Places_that_are_named_are_those_of_the_text_unless_they_say_otherwise(ModelConfig kind)
    {
        var (body, x, inOrder) = (BodyOf(kind), Vectors(), arange(T));
        Assert.True(Same(body.States(x), body.States(x, places: inOrder)));
        Assert.True(Same(body.States(x), body.States(x, places: inOrder.expand(2, T))));
        Assert.False(Same(body.States(x), body.States(x, places: inOrder.flip(0))));
    }

    [Theory, MemberData(nameof(Transformers))]
    public void Vectors_that_keep_their_places_and_see_each_other_may_stand_in_any_order(ModelConfig kind)
    {
        var (body, x, everything) = (BodyOf(kind), Vectors(), ones(1, 1, 1, T, dtype: @bool));
        var order = tensor(new long[] { 3, 0, 5, 1, 4, 2 });
        var there = body.States(x, everything).index_select(1, order);
        var here = body.States(x.index_select(1, order), everything, order);
        Assert.True((there - here).abs().max().item<float>() < 1e-5);
    }

    [Theory, MemberData(nameof(Transformers))]
    public void A_mask_of_earlier_positions_is_what_no_mask_means(ModelConfig kind)
    {
        var (body, x) = (BodyOf(kind), Vectors());
        var earlier = ones(1, 1, T, T, dtype: @bool).tril();
        Assert.True((body.States(x) - body.States(x, earlier)).abs().max().item<float>() < 1e-5);
    }

    [Theory, MemberData(nameof(Transformers))]
    public void A_text_longer_than_the_context_is_refused_in_one_sentence_however_it_is_read(ModelConfig kind)
    {
        const string Refused =
            "A text has 11 tokens, but the model reads 10: cut it, or train with a larger Context.";
        var body = BodyOf(kind);
        void Refuses(Func<object> read) => Assert.Equal(Refused, Assert.Throws<ArgumentException>(read).Message);
        Refuses(() => body.States(Vectors(length: 11)));
        Refuses(() => body.States(Vectors(length: 1), places: tensor(new long[] { 10 })));
        Refuses(() => body.Read(Vectors(length: 5), body.Read(Vectors(), []).Memory));
    }

    [Theory, MemberData(nameof(Recurrent))]
    public void A_recurrent_body_refuses_a_mask_and_places_in_one_sentence(ModelConfig kind)
    {
        var body = BodyOf(kind);
        Assert.Equal("A recurrent body reads a text from left to right, and a mask says otherwise: use a "
            + "Transformer.", Assert.Throws<ArgumentException>(() =>
                body.States(Vectors(), ones(1, 1, 1, T, dtype: @bool))).Message);
        Assert.StartsWith("A recurrent body reads a text from left to right, and places say otherwise",
            Assert.Throws<ArgumentException>(() => body.States(Vectors(), places: arange(T))).Message);
    }
}
