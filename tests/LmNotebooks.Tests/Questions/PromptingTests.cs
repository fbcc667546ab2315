using FsCheck.Xunit;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Questions;

namespace LmNotebooks.Tests.Questions;

public class PromptingTests
{
    private static readonly Lingua ZeroShot = Lingua.Preset("zero-shot", 1);
    private static readonly Lingua Leaking = Lingua.Preset("zero-shot-2", 1);

    private static readonly IReadOnlyList<int[]> Documents = [.. ZeroShot.Sample(1500, 1).Select(d => d.Ids)];

    [Fact]
    public void An_answer_is_as_probable_as_all_its_words_together()
    {
        var slot = new SlotReader(new Always(0, 0.1, 0.2, 0.1, 0.6), text => [.. text, 1], [[1, 2], [3]]);
        Same([0.75, 0.25], slot.Next([2, 3], []));
        Same([Math.Log(0.25)], slot.LogProbabilities([new([2, 3], [1])])[0]);
        Assert.Equal([double.NegativeInfinity], slot.LogProbabilities([new([2, 3], [2])])[0]);
        Assert.Contains("whole answer", Assert.Throws<ArgumentException>(() => slot.Next([2], [0])).Message);
        var never = slot with { Words = [[0], [0]] };
        Assert.Contains("can follow here", Assert.Throws<ArgumentException>(() => never.Next([2], [])).Message);
    }

    [Theory, InlineData(Latent.Topic), InlineData(Latent.Polarity)]
    public void By_a_slot_the_language_itself_answers_by_its_belief_about_the_next_sentence(Latent which)
    {
        var question = new PromptedLabel(ZeroShot, which);
        var (words, a) = (LabelWords.Of(question, Documents), ZeroShot.Ids("a")[0]);
        var slot = new SlotReader(ZeroShot, text => [.. text, a], words);
        foreach (var (text, _) in question.Sample(5, 2))
        {
            int[] asked = [.. text, a];
            var (belief, given) = (ZeroShot.Posterior(which, asked), ZeroShot.NextGiven(which, asked));
            double[] shares = [.. words.Select(of => belief.Zip(given, (p, next) => p * of.Sum(id => next[id])).Sum())];
            Same(shares.Select(s => s / shares.Sum()), slot.Next(text, []));
        }
        Assert.InRange(Accuracy.Of(slot, question.Sample(300, 3)).Mean, 0.95, 1);
    }

    [Theory, InlineData(Latent.Topic), InlineData(Latent.Polarity)]
    public void By_the_form_that_it_speaks_the_language_itself_gives_the_answer_of_Bayes(Latent which)
    {
        var question = new PromptedLabel(Leaking, which);
        var form = new SlotReader(Leaking, question.Ask, [.. question.Answers.Select(id => (int[])[id])]);
        var examples = question.Sample(100, 1);
        foreach (var (text, _) in examples.Take(5))
            Same(new PromptReader(Leaking, question).Next(text, []), form.Next(text, []));
        Assert.Equal(Accuracy.Of(question, examples).Mean, Accuracy.Of(form, examples).Mean, 1e-9);
    }

    [Theory, InlineData(Latent.Topic), InlineData(Latent.Polarity)]
    public void Label_words_are_the_nouns_of_which_a_definition_says_the_answer(Latent which)
    {
        var question = new PromptedLabel(ZeroShot, which);
        var words = LabelWords.Of(question, Documents);
        foreach (var (answer, of) in words.Index())
        {
            var stems = of.Select(id => ZeroShot.StemOf(id)!).ToList();
            Assert.All(stems, s => Assert.Equal(answer, which == Latent.Topic ? s.Topic : (s.Valence + 1) / 2));
            Assert.All(stems, s => Assert.Contains(s, ZeroShot.Explained));
            Assert.Equal(stems.Count, stems.Distinct().Count());
        }
        Assert.InRange(words.Sum(of => of.Count), which == Latent.Topic ? 30 : 8, 34);
    }

    [Fact]
    public void A_definition_that_is_cut_says_what_it_says()
    {
        var question = new PromptedLabel(ZeroShot, Latent.Polarity);
        var (good, awful) = (Defined(1), Defined(-1));
        Assert.Equal([[awful[1]], [good[1]]], LabelWords.Of(question, [awful, good[..5]]));
        var refused = Assert.Throws<ArgumentException>(() => LabelWords.Of(question, [awful, good[..4], awful]));
        Assert.Contains("says 'good'", refused.Message);

        int[] Defined(int valence) => ZeroShot.Definition(ZeroShot.Explained.First(s => s.Valence == valence));
    }

    [Property]
    public bool Words_that_are_dealt_out_are_the_same_words_as_many_to_each_answer(int seed)
    {
        int[][] words = [[1, 2, 3], [4], [5, 6]];
        var dealt = LabelWords.Dealt(words, seed);
        return dealt.Select(of => of.Count).SequenceEqual([3, 1, 2])
            && dealt.SelectMany(of => of).Order().SequenceEqual(Enumerable.Range(1, 6))
            && dealt.Zip(LabelWords.Dealt(words, seed)).All(d => d.First.SequenceEqual(d.Second));
    }

    [Fact]
    public void Any_word_can_be_dealt_to_any_answer()
    {
        var first = Enumerable.Range(0, 300).Select(seed => LabelWords.Dealt([[1, 2], [3], [4]], seed)[1][0]);
        Assert.All(first.CountBy(id => id), count => Assert.InRange(count.Value, 45, 105));
    }

    [Fact]
    public void Calibration_divides_by_the_mean_answer()
    {
        var reader = new ByFirstWord([0.8, 0.2], [0.6, 0.4]);
        var calibrated = new CalibratedReader(reader, [[0], [1]]);
        Same([0.7, 0.3], calibrated.Means);
        Same([0.8 / 0.7 / (0.8 / 0.7 + 0.2 / 0.3), 0.2 / 0.3 / (0.8 / 0.7 + 0.2 / 0.3)], calibrated.Next([0], []));
        Assert.Equal(1, Accuracy.Of(calibrated, [new([0], [0]), new([1], [1])]).Mean);
        Assert.Equal(0.5, Accuracy.Of(reader, [new([0], [0]), new([1], [1])]).Mean);
    }

    [Property]
    public bool A_calibrated_reader_that_ignores_the_text_takes_all_answers_for_equally_likely(int seed)
    {
        var always = Draw(seed, 3);
        return new CalibratedReader(new ByFirstWord(always, always), [[0], [1], [1]]).Next([1], [])
            .All(p => Math.Abs(p - 1.0 / 3) < 1e-12);
    }

    /// <summary>So that nothing changes but how much each answer is liked, and in the mean over the texts each is liked
    /// as much as any other.</summary>
    [Property]
    public bool Calibration_moves_the_log_odds_of_all_texts_by_the_same_amount(int seed)
    {
        double[][] answers = [.. Enumerable.Range(0, 5).Select(i => Draw(seed + i, 4))];
        var calibrated = new CalibratedReader(new ByFirstWord(answers), [[0], [1], [2], [3], [4]]);
        var scores = answers.Select(of => of.Zip(calibrated.Means, (p, mean) => p / mean).ToList()).ToList();
        return answers.Index().All(text => text.Item.Index().All(k =>
            {
                var next = calibrated.Next([text.Index], []);
                var moved = Math.Log(next[k.Index] / next[0]) - Math.Log(k.Item / text.Item[0]);
                return Math.Abs(moved + Math.Log(calibrated.Means[k.Index] / calibrated.Means[0])) < 1e-9;
            }))
            && Enumerable.Range(0, 4).All(k => Math.Abs(Math.Log(scores.Average(of => of[k]))) < 1e-9);
    }

    [Property]
    public bool Information_is_that_of_text_and_answer_by_its_definition(int seed)
    {
        double[][] answers = [.. Enumerable.Range(0, 4).Select(i => Draw(seed + i, 3))];
        var mean = Enumerable.Range(0, 3).Select(k => answers.Average(of => of[k])).ToList();
        var expected = answers.Average(of => of.Index().Sum(k => k.Item * Math.Log(k.Item / mean[k.Index])));
        var information = AnswerInformation.Of(new ByFirstWord(answers), [[0], [1], [2], [3]]);
        return Math.Abs(information - expected) < 1e-9 && information is > -1e-12 and < 1.0986122887;     // ln 3
    }

    [Fact]
    public void Information_is_nothing_where_all_texts_have_one_answer_and_most_where_each_is_sure_of_another()
    {
        Assert.Equal(0, AnswerInformation.Of(new ByFirstWord([0.9, 0.1], [0.9, 0.1]), [[0], [1]]), 1e-12);
        Assert.Equal(0, AnswerInformation.Of(new ByFirstWord([1, 0], [0, 1]), [[1], [1]]), 1e-12);
        Assert.Equal(Math.Log(2), AnswerInformation.Of(new ByFirstWord([1, 0], [0, 1]), [[0], [1]]), 1e-12);
    }

    private static void Same(IEnumerable<double> expected, IEnumerable<double> actual) =>
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-9));

    private static double[] Draw(int seed, int count)
    {
        var random = new Random(seed);
        double[] weights = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() + 0.01)];
        return [.. weights.Select(w => w / weights.Sum())];
    }

    private sealed record Always(params double[] P) : ISequenceDistribution
    {
        public int Vocabulary => P.Length;
        public double[] Next(IReadOnlyList<int> prefix) => P;
        public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<int[]> documents) =>
            throw new NotSupportedException();
    }

    private sealed record ByFirstWord(params double[][] Answers) : IConditionalDistribution
    {
        public int Vocabulary => Answers[0].Length;
        public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) => Answers[source[0]];
        public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
            [.. examples.Select(e => e.Target.Select(k => Math.Log(Answers[e.Source[0]][k])).ToArray())];
    }
}
