using LmNotebooks.Models;

namespace LmNotebooks.Tests.Models;

public class GenerationTests
{
    private static readonly NgramModel Model = NgramModel.Fit(2, Small.Vocabulary, Small.Documents(200, 1));

    [Fact]
    public void The_same_seed_writes_the_same_text_and_keeps_the_prefix()
    {
        var text = Model.Generate([2, 8], 20, seed: 4);
        Assert.Equal(text, Model.Generate([2, 8], 20, seed: 4));
        Assert.NotEqual(text, Model.Generate([2, 8], 20, seed: 5));
        Assert.Equal([2, 8], text[..2]);
        Assert.Equal(22, text.Length);
    }

    [Fact]
    public void A_low_temperature_takes_the_likeliest_token()
    {
        var text = Model.Generate([2], 10, seed: 1, temperature: 1e-3);
        for (var t = 1; t < text.Length; t++)
        {
            var next = Model.Next(text[..t]);
            Assert.Equal(Array.IndexOf(next, next.Max()), text[t]);
        }
    }

    [Fact]
    public void At_temperature_one_tokens_come_as_often_as_the_model_says()
    {
        var probability = Model.Next([5])[7];
        var count = Enumerable.Range(0, 2000).Count(seed => Model.Generate([5], 1, seed)[1] == 7);
        Assert.InRange(count / 2000.0, probability - 0.05, probability + 0.05);
    }

    [Fact]
    public void A_temperature_of_zero_is_refused() =>
        Assert.Contains("above 0", Assert.Throws<ArgumentException>(() => Model.Generate([], 1, 1, 0)).Message);
}
