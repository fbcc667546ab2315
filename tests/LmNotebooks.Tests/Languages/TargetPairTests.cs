using FsCheck.Xunit;
using LmNotebooks.Languages;
using LmNotebooks.Measures;

namespace LmNotebooks.Tests.Languages;

public class TargetPairTests
{
    private static readonly TargetPair Base = new(LinguaPair.Preset("base", 1));

    private static readonly TargetPair Deep = new(new LinguaPair(1, Base.Second.Knobs with
    {
        Scrambling = 0.6, Source = LinguaKnobs.Preset("deep"),
    }));

    [Property(MaxTest = 20)]
    public bool The_next_word_has_a_distribution_that_sums_to_one_and_agrees_with_the_log_probabilities(int seed)
    {
        var pair = seed % 2 == 0 ? Base : Deep;
        var (source, target) = pair.Sample(1, seed)[0];
        var logs = pair.LogProbabilities([new(source, target)])[0];
        return Enumerable.Range(0, target.Length).All(t =>
        {
            var next = pair.Next(source, target[..t]);
            return double.IsFinite(logs[t]) && Math.Abs(next.Sum() - 1) < 1e-9
                && Math.Abs(Math.Log(next[target[t]]) - logs[t]) < 1e-9;
        });
    }

    [Fact]
    public void One_seed_draws_three_texts_of_one_meaning()
    {
        var (second, third, both) = (Base.Second.Sample(5, 3), Base.Third.Sample(5, 3), Base.Sample(5, 3));
        Assert.Equal(second.Select(e => e.Source), third.Select(e => e.Source));
        Assert.Equal(second.Select(e => e.Target), both.Select(e => e.Source));
        Assert.Equal(third.Select(e => e.Target), both.Select(e => e.Target));
        Assert.NotEqual(Base.Second.Hash, Base.Third.Hash);
        Assert.Equal(Base.Third.Hash, LinguaPair.Preset("base", 1).ToThird().Hash);
    }

    [Fact]
    public void The_third_language_has_words_and_an_order_of_its_own()
    {
        Assert.Equal(["<bos>", "<unk>", "."], Base.Second.Words.Intersect(Base.Third.Words));
        Assert.DoesNotContain(Base.Third.Words.Skip(2), word => word != "." && Base.Second.Source.Words.Contains(word));
        Assert.Equal(Base.Third.Words, Base.Third.Words.Distinct());
        Assert.All(Base.Third.Words.Skip(2), word => Assert.Equal(word, string.Concat(Morphology.Segment(word))));
        var first = Base.Third.Sample(100, 1).Select(e => Base.Third.WordOf(e.Target[0])!.Source.Slot);
        Assert.All(first, slot => Assert.True(slot is Slot.Verb or Slot.Adverb));
    }

    [Fact]
    public void The_text_of_the_second_language_says_more_of_the_third_than_the_document_does()
    {
        var (fromSecond, fromFirst) = (Base.Entropy(0.01), Base.Third.Entropy(0.01));
        Assert.True(fromSecond.Mean < fromFirst.Mean, $"{fromSecond} {fromFirst}");
        Assert.Equal(new Estimate(0, 0), Excess.Of(Base, Base, Base.Sample(50, 1)));
    }

    [Fact]
    public void What_is_no_text_of_the_second_language_is_refused_in_one_sentence()
    {
        string Refused(int[] of, int[] prefix) => Assert.Throws<ArgumentException>(() => Base.Next(of, prefix)).Message;
        var (source, target) = Base.Sample(1, 1)[0];
        int[][] wrong =
        [
            [], source[..^1], source[1..], [.. source, source[0]], [.. source.Reverse()], [.. source, -1],
            [0, .. source], Base.Second.Ids("."), Base.Second.Ids("haud quod ."), [source[0], .. Base.Second.Ids(".")],
        ];
        Assert.All(wrong, text => Assert.Contains("no text of the second", Refused(text, [])));
        Assert.Contains("no word follows", Refused(source, target));
    }
}
