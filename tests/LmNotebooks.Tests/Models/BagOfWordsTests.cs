using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;

namespace LmNotebooks.Tests.Models;

public class BagOfWordsTests
{
    private const int Not = 2, Good = 3, Bad = 4;

    private static IReadOnlyList<Example> Texts(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var (good, negated) = (random.Next(2) == 1, random.Next(2) == 1);
            var word = good ? Good : Bad;
            int[] text = [random.Next(5, 9), .. negated ? [Not, word] : (int[])[word], random.Next(5, 9)];
            return new Example(text, [good != negated ? 1 : 0]);
        })];
    }

    [Fact]
    public void It_learns_that_a_negation_turns_the_next_word_around()
    {
        var fitted = BagOfWords.Fit(Texts(40, 1), 9, Not);
        Assert.Equal(1, Accuracy.Of(fitted, Texts(100, 2)).Mean);
        Assert.InRange(Accuracy.Of(BagOfWords.Fit(Texts(40, 1), 9, negation: 0), Texts(100, 2)).Mean, 0.3, 0.7);
    }

    [Fact]
    public void Its_answers_have_probabilities_that_sum_to_one()
    {
        var fitted = BagOfWords.Fit(Texts(12, 1), 9, Not);
        Assert.All(Texts(20, 3), e => Assert.Equal(1, fitted.Next(e.Source, []).Sum(), 1e-12));
        Assert.All(Texts(20, 3), e => Assert.Equal(Math.Log(fitted.Next(e.Source, [])[e.Target[0]]),
            fitted.LogProbabilities([e])[0][0], 1e-12));
    }

    [Fact]
    public void Where_all_answers_are_the_same_it_gives_that_one() =>
        Assert.True(BagOfWords.Fit([.. Texts(12, 1).Select(e => e with { Target = [1] })], 9, Not)
            .Next([Good], [])[1] > 0.7);
}
