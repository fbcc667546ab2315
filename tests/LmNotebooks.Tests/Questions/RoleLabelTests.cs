using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Questions;
using LmNotebooks.Tests.Languages;

namespace LmNotebooks.Tests.Questions;

/// <summary>Who is better off, those who act or those who are acted on?</summary>
public class RoleLabelTests
{
    private static readonly Lingua Labels = Lingua.Preset("labels", 1);

    private static readonly RoleLabel Role = new(Labels);

    private static Stem Adjective(int valence) =>
        Labels.Stems.First(s => s.Slot == Slot.Adjective && s.Valence == valence);

    private static readonly string Good = Adjective(1).Form + "ic", Bad = Adjective(-1).Form + "ic";

    /// <summary>A noun without a valence, and a verb that agrees with it.</summary>
    private static readonly string Noun = Labels.Stems.First(s => s is { Slot: Slot.Noun, Valence: 0, Class: 0 }).Form,
        Verb = Labels.Stems.First(s => s is { Slot: Slot.Verb, Valence: 0 }).Form + "at";

    private static string Sentence(string subject, string @object) =>
        $"the {subject} {Noun} {Verb} the {@object} {Noun} .";

    private static double ScoreOf(string text) =>
        Role.ScoreOf(Labels.Ids(string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries))));

    [Fact]
    public void What_is_said_of_the_subject_counts_for_it_and_what_is_said_of_the_object_against()
    {
        Assert.Equal(1, ScoreOf(Sentence(Good, "")));
        Assert.Equal(-1, ScoreOf(Sentence(Bad, "")));
        Assert.Equal(-1, ScoreOf(Sentence("", Good)));
        Assert.Equal(2, ScoreOf(Sentence(Good, Bad)));
        Assert.Equal(0, ScoreOf(Sentence(Good, Good)));
        Assert.Equal(-3, ScoreOf(Sentence($"not {Good}", $"{Good} not {Bad}")));
        Assert.Equal(3, ScoreOf($"{Sentence(Good, Bad)} {Sentence("", Bad)}"));
        Assert.Equal(0, ScoreOf($"{Sentence(Good, Bad)} {Sentence(Bad, Good)}"));
    }

    [Fact]
    public void What_stands_in_a_phrase_or_clause_within_another_counts_for_nobody()
    {
        Assert.Equal(0, ScoreOf($"the {Noun} near the {Good} {Noun} {Verb} the {Noun} ."));
        Assert.Equal(0, ScoreOf($"the {Noun} that the {Bad} {Noun} {Verb} {Verb} the {Noun} ."));
        Assert.Equal(-1, ScoreOf($"the {Noun} near the {Good} {Noun} {Verb} the {Good} {Noun} ."));
    }

    [Fact]
    public void With_subject_and_object_exchanged_the_answer_is_the_other_one()
    {
        string[] phrases = ["", Good, Bad, $"not {Good}", $"not {Bad}", $"{Good} {Bad}", $"{Bad} not {Good}"];
        var pairs = (from a in phrases from b in phrases select (There: Sentence(a, b), Back: Sentence(b, a))).ToList();
        Assert.All(pairs, pair => Assert.Equal(-ScoreOf(pair.There), ScoreOf(pair.Back)));
        Assert.InRange(pairs.Count(pair => ScoreOf(pair.There) != 0), 20, 40);
    }

    [Fact]
    public void The_answer_of_every_drawn_document_is_the_sign_of_the_sum_over_its_tags()
    {
        var tagging = new Tagging(Labels);
        var not = Labels.Ids("not")[0];
        int Sum(int[] text, Tag tag) => Enumerable.Range(0, text.Length)
            .Where(t => tagging.TagsOf(text)[t] == tag)
            .Sum(t => (Labels.StemOf(text[t])?.Valence ?? 0) * (t > 0 && text[t - 1] == not ? -1 : 1));
        var examples = Role.Sample(300, 1);
        Assert.All(examples, e =>
        {
            var score = Sum(e.Source, Tag.Subject) - Sum(e.Source, Tag.Object);
            Assert.NotEqual(0, score);
            Assert.Equal(score > 0 ? 1 : 0, e.Target.Single());
        });
        Assert.InRange(examples.Average(e => e.Target[0]), 0.4, 0.6);
    }

    [Fact]
    public void Where_verbs_do_not_give_the_subject_away_the_words_without_their_order_say_nothing()
    {
        var language = new Lingua(3, LinguaKnobs.Preset("tiny") with
        {
            Nouns = 4, Verbs = 2, Depth = 0, Intransitive = 0, Plural = 0, NounClasses = 1, Adverb = 0,
        });
        var role = new RoleLabel(language);
        var right = Enumeration.AllLatents(language.Knobs).Take(4)
            .SelectMany(z => new Enumeration(language).Sentences(z))
            .Select(s => (Ids: language.Ids(s.Text), s.P)).Select(s => (s.Ids, s.P, Score: role.ScoreOf(s.Ids)))
            .Where(s => s.Score != 0)
            .GroupBy(s => string.Join(' ', s.Ids.Order()), s => (s.P, s.Score))
            .Select(bag => (All: bag.Sum(s => s.P), Better: bag.Where(s => s.Score > 0).Sum(s => s.P))).ToList();
        Assert.InRange(right.Count, 100, 100_000);
        Assert.Equal(0.5, right.Sum(bag => Math.Max(bag.Better, bag.All - bag.Better)) / right.Sum(bag => bag.All),
            1e-9);
    }

    [Fact]
    public void A_bag_of_words_that_answers_by_the_sum_of_its_words_is_near_chance()
    {
        double Of(Labelling question) => Accuracy.Of(
            BagOfWords.Fit(question.Sample(300, 1), Labels.Vocabulary, Labels.Ids("not")[0]), question.Sample(2000, 2))
            .Mean;
        Assert.InRange(Of(Role), 0.45, 0.56);
        Assert.InRange(Of(SignLabel.Of(Labels, 1, 1)), 0.85, 1);
    }
}
