using LmNotebooks.Languages;
using LmNotebooks.Measures;

namespace LmNotebooks.Tests.Languages;

public class OtherSourcesTests
{
    private static readonly JointLanguages Joint = JointLanguages.Preset("directions", 1);

    private static readonly IReadOnlyList<Example>
        FromA = Joint.Sample(new Direction(Language.A, Language.C), 200, 3),
        FromB = Joint.Sample(new Direction(Language.B, Language.C), 200, 3);

    private static readonly OtherSources Pivot = OtherSources.From(Joint, [.. FromA.Select(e => e.Source)],
        [.. FromB.Select(e => e.Source)]);

    [Fact]
    public void The_truth_by_way_of_B_says_of_a_text_what_the_truth_says_of_it_in_B()
    {
        var (first, inB) = (FromA[0], FromB[0]);
        Assert.Equal(Joint.LogProbabilities([inB]), Pivot.LogProbabilities([first]));
        Assert.Equal(Joint.Next(inB.Source, first.Target[..1]), Pivot.Next(first.Source, first.Target[..1]));
        Assert.Equal(Joint.Vocabulary, Pivot.Vocabulary);
    }

    [Fact]
    public void A_right_translation_in_B_tells_more_of_C_than_the_text_and_another_text_tells_less()
    {
        int[][] sources = [.. FromA.Select(e => e.Source)];
        var another = OtherSources.From(Joint, sources, [.. sources.Skip(1), sources[0]]);
        Assert.True(Excess.Of(Joint, Pivot, FromA).Mean < 0);
        Assert.Contains(another.LogProbabilities(FromA), logs => double.IsNegativeInfinity(logs.Sum()));
    }

    [Fact]
    public void A_source_without_another_text_is_refused_in_one_sentence() =>
        Assert.Matches(@"^There is no other text in the place of this source: give one of the \d+ sources .*\.$",
            Assert.Throws<ArgumentException>(() => Pivot.LogProbabilities([FromB[0]])).Message);
}
