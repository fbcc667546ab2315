using FsCheck.Xunit;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Questions;

namespace LmNotebooks.Tests.Measures;

[Collection(nameof(Alone))]
public class NewWordTests
{
    private static readonly Lingua Language = Lingua.Preset("zero-shot", 2);
    private static readonly Lingua Plain = NewWordTexts.WithoutDefinitions(Language);
    private static readonly List<int[]> Texts = [.. Language.Sample(40, 3).Select(d => d.Ids)];

    [Fact]
    public void The_truth_loses_nothing_on_a_new_word_and_lets_verbs_agree_with_it()
    {
        Assert.Equal(0, NewWordLoss.Of(Language, stem => Plain.Reveal(stem), Slot.Noun), 1e-9);
        Assert.Equal(0, NewWordLoss.Of(Language, stem => Plain.Reveal(stem), Slot.Adjective), 1e-9);
        Assert.Equal(1, NewWordAgreement.Of(Language, stem => Plain.Reveal(stem)), 1e-9);
    }

    [Fact]
    public void Who_knows_the_language_and_not_the_word_loses_less_with_a_context_than_with_none()
    {
        double After(int contexts) => NewWordLoss.Of(Language, stem => new NewWord(Plain, stem)
            .After(NewWordTexts.Until(Plain, stem, contexts, 1)), Slot.Noun);
        var (none, four) = (After(0), After(4));
        Assert.InRange(none, 0.1, 2);
        Assert.InRange(four, 0.001, 0.6 * none);
    }

    /// <summary>Two places: at the first the word has .5, and .25 in the model, at the second it has 0 and .5. So the
    /// divergence is .5 ln 2 + .5 ln(.5 / .75) + ln 2, and the word is expected .5 times.</summary>
    [Fact]
    public void Expecting_a_word_where_it_is_not_said_costs_as_much_as_not_expecting_it_where_it_is()
    {
        var loss = NewWordLoss.Of([[0.5], [0]], [[0.25], [0.5]]);
        Assert.Equal((0.5 * Math.Log(2) + 0.5 * Math.Log(2 / 3.0) + Math.Log(2)) / 0.5, loss, 1e-9);
    }

    [Fact]
    public void The_texts_of_a_new_word_end_with_the_last_that_has_it_and_none_is_its_definition()
    {
        var stem = Language.HeldOut.First(s => s.Slot == Slot.Noun);
        var texts = NewWordTexts.Until(Plain, stem, 3, 1);
        Assert.Equal(3, texts.Count(text => NewWordTexts.Has(Plain, text, stem)));
        Assert.True(NewWordTexts.Has(Plain, texts[^1], stem));
        Assert.DoesNotContain(texts.SelectMany(text => text), id => Plain.WordOf(id)!.Slot == Slot.Copula);
        Assert.Equal(texts, NewWordTexts.Until(Plain, stem, 3, 1));
        Assert.Empty(NewWordTexts.Until(Plain, stem, 0, 1));
        Assert.Equal(Language.Words, Plain.Words);
    }

    [Fact]
    public void With_the_state_before_a_word_its_chance_is_known_without_the_model()
    {
        using var model = Model();
        var places = WordStates.Of(model, Texts[..2]);
        var rows = model.Rows();
        var expected = Texts[..2].SelectMany(text => Enumerable.Range(0, text.Length)
            .Select(t => (text[t], model.Next(text[..t])[text[t]]))).ToList();
        Assert.Equal(expected.Count, places.Count);
        Assert.All(expected.Zip(places), pair =>
        {
            var ((word, chance), place) = pair;
            Assert.Equal(word, place.Word);
            var logit = place.State.Zip(rows[word].Vector, (a, b) => a * b).Sum() + rows[word].Bias;
            Assert.Equal(chance, Math.Exp(logit - place.LogSum), 1e-5);
        });
    }

    [Fact]
    public void Known_stems_are_the_mean_and_a_vector_each_and_a_stem_of_one_form_has_its_row_again()
    {
        using var model = Model();
        var (space, rows) = (new StemSpace(Language, model, Slot.Adjective), model.Rows());
        Assert.All(StemSpace.Mean(space.Known.Values), x => Assert.Equal(0, x, 1e-9));
        Assert.DoesNotContain(space.Known.Keys, Language.HeldOut.Contains);
        foreach (var (stem, vector) in space.Known)
            foreach (var (id, row) in space.Rows(stem, vector))
                Assert.Equal(rows[id].Vector, row.Vector, (a, b) => Math.Abs(a - b) < 1e-6);
        var nouns = new StemSpace(Language, model, Slot.Noun);
        Assert.Equal(2, nouns.Rows(nouns.Known.Keys.First(), new double[16]).Count);
    }

    [Fact]
    public void A_calibrated_word_is_expected_as_often_as_the_median_known_word_is_said()
    {
        using var model = Model();
        var space = new StemSpace(Language, model, Slot.Noun);
        var stem = Language.HeldOut.First(s => s.Slot == Slot.Noun);
        var rows = new BiasCalibration(space, Texts).Of(space.Rows(stem, [.. space.Deviations]));
        var places = WordStates.Of(model, Texts);
        foreach (var (id, row) in rows)
        {
            var plural = Language.WordOf(id)!.Plural;
            var shares = space.Known.Keys.Select(known => (double)places.Count(p =>
                Language.StemOf(p.Word) == known && Language.WordOf(p.Word)!.Plural == plural) / places.Count)
                .Order().ToList();
            var expected = places.Average(p =>
            {
                var odds = Math.Exp(p.State.Zip(row.Vector, (a, b) => a * b).Sum() + row.Bias - p.LogSum);
                return odds / (1 + odds);
            });
            Assert.Equal((shares[23] + shares[24]) / 2, expected, 1e-6);
        }
    }

    [Property(MaxTest = 20)]
    public bool A_map_that_is_linear_is_found(int seed)
    {
        var random = new Random(seed);
        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
        var (a, b, c) = (Draw(3), Draw(3), Draw(2));
        double[] True(double[] x) => [x.Zip(a, (p, q) => p * q).Sum() + c[0], x.Zip(b, (p, q) => p * q).Sum() + c[1]];
        var map = LinearMap.Fit([.. Enumerable.Range(0, 60).Select(i => Draw(3) is var x ? (i / 2, x, True(x))
            : default)]);
        var asked = Draw(3);
        return map.Of(asked).Zip(True(asked)).All(pair => Math.Abs(pair.First - pair.Second) < 0.05);
    }

    [Fact]
    public void Where_the_inputs_tell_nothing_a_map_says_little_more_than_the_mean()
    {
        var random = new Random(1);
        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
        var map = LinearMap.Fit([.. Enumerable.Range(0, 40).Select(i => (i, Draw(30), new[] { 5 + Draw(1)[0] }))]);
        Assert.All(Enumerable.Range(0, 20), _ => Assert.InRange(map.Of(Draw(30))[0], 4.8, 5.2));
        Assert.Contains("two", Assert.Throws<ArgumentException>(() => LinearMap.Fit([(1, Draw(2), Draw(1))])).Message);
    }

    private static LanguageModel Model() => Small.ModelOf(Language);
}
