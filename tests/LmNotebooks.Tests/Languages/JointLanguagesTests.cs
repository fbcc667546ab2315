using FsCheck.Xunit;
using LmNotebooks.Languages;

namespace LmNotebooks.Tests.Languages;

public class JointLanguagesTests
{
    private static readonly JointLanguages Joint = JointLanguages.Preset("directions", 1);
    private static readonly TargetPair Pair = new(LinguaPair.Preset("directions", 1));
    private static readonly Language[] All = Enum.GetValues<Language>();

    private static readonly Direction AtoB = new(Language.A, Language.B), BtoC = new(Language.B, Language.C),
        AtoC = new(Language.A, Language.C), BtoA = new(Language.B, Language.A), BtoB = new(Language.B, Language.B);

    private static IReadOnlyList<string> WordsOf(Language language) => language switch
    {
        Language.A => Pair.Second.Source.Words, Language.B => Pair.Second.Words, _ => Pair.Third.Words,
    };

    private static int[] Ids(Language language, int[] text) => [.. text.Select(word => Joint.Id(language, word))];

    [Fact]
    public void Each_word_of_each_language_has_an_id_of_its_own_and_each_language_a_word_that_names_it()
    {
        var words = from language in All
                    from word in Enumerable.Range(0, WordsOf(language).Count)
                    select (language, word);
        Assert.All(words, w =>
        {
            Assert.Equal(w, Joint.WordOf(Joint.Id(w.language, w.word)));
            Assert.Equal(WordsOf(w.language)[w.word], Joint.Words[Joint.Id(w.language, w.word)]);
        });
        Assert.All(All, language => Assert.Null(Joint.WordOf(Joint.Naming(language))));
        Assert.Equal(["<to A>", "<to B>", "<to C>"], All.Select(language => Joint.Words[Joint.Naming(language)]));
        int[] ids = [.. words.Select(w => Joint.Id(w.language, w.word)), .. All.Select(Joint.Naming)];
        Assert.Equal(Enumerable.Range(0, Joint.Vocabulary), ids);
        Assert.Null(Joint.WordOf(Joint.Vocabulary));
        Assert.Null(Joint.WordOf(-1));
    }

    [Fact]
    public void The_examples_of_a_direction_are_those_of_the_pair_after_the_word_that_names_the_language()
    {
        void Same(Direction direction, IReadOnlyList<Example> expected) =>
            Assert.Equal(expected.SelectMany(e => (int[][])
                [[Joint.Naming(direction.Into), .. Ids(direction.From, e.Source)], Ids(direction.Into, e.Target)]),
                Joint.Sample(direction, expected.Count, 3).SelectMany(e => (int[][])[e.Source, e.Target]));
        Same(AtoB, Pair.Second.Sample(50, 3));
        Same(BtoC, Pair.Sample(50, 3));
        Same(AtoC, Pair.Third.Sample(50, 3));
        Same(BtoA, [.. Pair.Second.Sample(50, 3).Select(e => new Example(e.Target, e.Source))]);
        Same(BtoB, [.. Pair.Second.Sample(50, 3).Select(e => new Example(e.Target, e.Target))]);
    }

    [Fact]
    public void The_truth_in_joint_ids_is_that_of_the_pair()
    {
        void Same(Direction direction, IConditionalDistribution pair, IReadOnlyList<Example> examples) =>
            Assert.Equal(pair.LogProbabilities(examples), Joint.LogProbabilities(
                [.. examples.Select(e => new Example([Joint.Naming(direction.Into), .. Ids(direction.From, e.Source)],
                    Ids(direction.Into, e.Target)))]));
        Same(AtoB, Pair.Second, Pair.Second.Sample(50, 3));
        Same(BtoC, Pair, Pair.Sample(50, 3));
        Same(AtoC, Pair.Third, Pair.Third.Sample(50, 3));
    }

    [Property(MaxTest = 20)]
    public bool The_next_word_has_a_distribution_that_sums_to_one_and_agrees_with_the_log_probabilities(int seed)
    {
        var direction = JointLanguages.Known[(int)((uint)seed % 3)];
        var (source, target) = Joint.Sample(direction, 1, seed)[0];
        var logs = Joint.LogProbabilities([new(source, target)])[0];
        return Enumerable.Range(0, target.Length).All(t =>
        {
            var next = Joint.Next(source, target[..t]);
            return next.Length == Joint.Vocabulary && Math.Abs(next.Sum() - 1) < 1e-9
                && Math.Abs(Math.Log(next[target[t]]) - logs[t]) < 1e-9;
        });
    }

    [Fact]
    public void A_translation_into_another_language_than_the_one_named_is_impossible()
    {
        var (source, _) = Joint.Sample(AtoC, 1, 3)[0];
        var inB = Joint.Sample(Language.B, 1, 3)[0];
        Assert.All(Joint.LogProbabilities([new(source, inB)])[0], log => Assert.Equal(double.NegativeInfinity, log));
    }

    [Fact]
    public void A_text_is_at_its_end_at_its_full_stop_in_whatever_language() => Assert.All(All, language =>
    {
        var text = Joint.Sample(language, 1, 3)[0];
        Assert.True(Joint.Ends(text));
        Assert.False(Joint.Ends(text[..^1]));
        Assert.False(Joint.Ends([Joint.Naming(language)]));
    });

    [Fact]
    public void A_direction_whose_truth_nobody_knows_is_refused_in_one_sentence()
    {
        var sources = from direction in new[] { BtoA, BtoB, new(Language.C, Language.B) }
                      select Joint.Sample(direction, 1, 3)[0].Source;
        Assert.All([.. sources, [], [Joint.Naming(Language.B)], Joint.Sample(Language.A, 1, 3)[0]], source =>
            Assert.Equal("The source has no translation that is exactly known: it must begin with <to B> and be a text "
                + "of A, or with <to C> and be one of A or B.",
                Assert.Throws<ArgumentException>(() => Joint.Next(source, [])).Message));
    }
}
