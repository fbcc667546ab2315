using LmNotebooks.Models;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

public class ExchangeTests
{
    private static LanguageModel Model(int seed, int layers = 2) =>
        LanguageModel.Of(Small.Config with { Layers = layers }, new Generator((ulong)seed));

    [Fact]
    public void The_named_part_is_of_the_second_model_and_all_others_of_the_first()
    {
        using var a = Model(1);
        using var b = Model(2);
        using var mixed = Exchange.Of(a, b, "body");
        bool Same(LanguageModel with, Func<LanguageModel, Part> part) => part(mixed).Module.parameters()
            .Zip(part(with).Module.parameters()).All(pair => pair.First.equal(pair.Second).all().item<bool>());
        Assert.True(Same(b, m => m.Body));
        Assert.False(Same(a, m => m.Body));
        Assert.True(Same(a, m => m.Embedding));
        Assert.True(Same(a, m => m.Head));
    }

    [Fact]
    public void A_part_that_is_missing_or_has_another_shape_is_refused_in_one_sentence()
    {
        using var a = Model(1);
        using var b = Model(2, layers: 3);
        string Refused(params string[] parts) =>
            Assert.Throws<ArgumentException>(() => Exchange.Of(a, b, parts)).Message;
        Assert.StartsWith("There is no part 'middle': it is one of embedding, body, ", Refused("middle"));
        Assert.Equal("The part 'body' has another shape in the other model: exchange parts of models of one size.",
            Refused("body"));
        Assert.Equal("No part is exchanged: name at least one.", Refused());
    }
}
