using LmNotebooks.Models;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

[Collection(nameof(Alone))]
public class WordRowsTests
{
    [Fact]
    public void A_word_that_gets_the_row_of_another_is_read_and_predicted_like_it_and_the_model_stays_as_it_is()
    {
        using var model = LanguageModel.Of(Small.Config, new Generator(1));
        var before = model.Next([3, 4]);
        var rows = model.Rows();
        using var copy = model.WithRows(new Dictionary<int, WordRow> { [5] = rows[7] with { Bias = 0.5 },
            [6] = rows[7] with { Bias = 0.5 } });
        var next = copy.Next([3, 4]);
        Assert.Equal(next[5], next[6], 1e-9);
        Assert.Equal(next[7] * Math.Exp(0.5 - rows[7].Bias), next[5], 1e-6);
        Assert.Equal(copy.Next([3, 5]), copy.Next([3, 7]), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(before, model.Next([3, 4]));
        Assert.Equal((Small.Vocabulary, Small.Config.Width), (rows.Count, rows[0].Vector.Length));
    }

    [Fact]
    public void A_model_without_a_row_for_each_word_says_how_to_build_one()
    {
        foreach (var config in new[] { Small.Config with { Pieces = Small.Pieces },
            Small.Config with { VectorWidth = 5 }, Small.Config with { TieHead = false } })
        {
            using var model = LanguageModel.Of(config, new Generator(1));
            Assert.Contains("tied head", Assert.Throws<ArgumentException>(() => model.Rows()).Message);
        }
    }
}
