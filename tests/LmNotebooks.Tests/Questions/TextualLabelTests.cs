using LmNotebooks.Tests.Languages;
using FsCheck.Xunit;
using LmNotebooks.Languages;
using LmNotebooks.Questions;

namespace LmNotebooks.Tests.Questions;

/// <summary>Questions that the text answers without doubt.</summary>
public class TextualLabelTests
{
    private static readonly Lingua Labels = Lingua.Preset("labels", 1);

    private static readonly LinguaKnobs Tiny = LinguaKnobs.Preset("tiny") with
    {
        Nouns = 6, Verbs = 4, Adjectives = 6, Adverbs = 2, Depth = 0, Intransitive = 1, Plural = 0,
    };

    private static readonly LinguaKnobs Plain = Tiny with { Adjectives = 2, Adjective = 0, Negation = 0 };

    /// <summary>Languages with enough valenced stems, all of whose sentences can be written down.</summary>
    private static readonly Dictionary<string, Lingua> Small = new()
    {
        ["adjectives, also negated"] = new(3, Tiny),
        ["phrases and clauses after the noun"] = new(3, Plain with { Depth = 1 }),
        ["objects"] = new(3, Plain with { Intransitive = 0.5 }),
        ["definitions and new words"] = new(3, Tiny with { Definition = 0.2, HeldOutNouns = 2, Derived = 1 }),
    };

    private static readonly Dictionary<string, (int[] Ids, Latents Z, double P)[]> Sentences = Small.ToDictionary(
        l => l.Key, l =>
        (from z in Enumeration.AllLatents(l.Value.Knobs)
         from s in new Enumeration(l.Value).Sentences(z)
         where s.P > 0
         select (l.Value.Ids(s.Text), z, s.P)).ToArray());

    public static TheoryData<string> Shapes => new(Small.Keys);

    [Theory, MemberData(nameof(Shapes))]
    public void Balanced_scores_have_the_same_mean_whatever_the_hidden_causes(string shape)
    {
        var sign = SignLabel.Of(Small[shape], 0.5, 1);
        var scored = Sentences[shape].Select(s => (s.Z, s.P, Score: sign.ScoreOf(s.Ids))).ToList();
        Assert.True(scored.Sum(s => s.P * Math.Abs(s.Score)) > 1);
        foreach (var which in Enum.GetValues<Latent>())
            Assert.All(scored.GroupBy(s => s.Z.Value(which)), value =>
                Assert.Equal(0, value.Sum(s => s.P * s.Score), 1e-9));
    }

    [Theory, MemberData(nameof(Shapes))]
    public void The_share_of_scores_that_agree_with_the_valence_is_the_one_asked_for(string shape)
    {
        var language = Small[shape];
        var said = Sentences[shape].SelectMany(s => s.Ids, (s, id) => (Stem: language.StemOf(id), s.P))
            .Where(s => s.Stem is { Valence: not 0 }).GroupBy(s => s.Stem!, s => s.P)
            .ToDictionary(s => s.Key, s => s.Sum());
        foreach (var share in new[] { 0, 0.25, 0.5, 0.9, 1 })
        {
            var sign = SignLabel.Of(language, share, 1);
            double Weight(Stem stem) => said[stem] * Math.Abs(sign.Scores[stem]);
            var agreeing = said.Keys.Where(stem => Math.Sign(sign.Scores[stem]) == stem.Valence);
            Assert.Equal(share, agreeing.Sum(Weight) / said.Keys.Sum(Weight), 1e-9);
            Assert.Equal(share, sign.Agreement, 1e-9);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-0.5)]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void A_related_question_has_scores_of_the_correlation_asked_for_and_stays_balanced(double correlation)
    {
        var sign = SignLabel.Of(Labels, 0.5, 1);
        var related = sign.Related(correlation, 2);
        Assert.Equal(correlation, sign.CorrelationWith(related), 1e-9);
        Assert.Equal(1, related.CorrelationWith(related), 1e-9);
        Assert.Equal(0.5, related.Agreement, 1e-9);
        var documents = sign.Sample(2000, 1).Where(e => related.ScoreOf(e.Source) != 0).ToList();
        var same = documents.Average(e => Math.Sign(related.ScoreOf(e.Source)) == 2 * e.Target[0] - 1 ? 1.0 : 0);
        Assert.Equal(0.5 + Math.Asin(correlation) / Math.PI, same, 0.1);     // of two normal variables
    }

    [Fact]
    public void Scores_add_up_and_not_turns_the_next_one_around()
    {
        var sign = SignLabel.Of(Labels, 1, 1);
        Assert.Equal(Labels.Stems.Where(s => s.Valence != 0).ToHashSet(), sign.Scores.Keys.ToHashSet());
        Assert.All(sign.Scores, s => Assert.Equal(s.Key.Valence, s.Value, 1e-9));
        var happy = Labels.Stems.First(s => s is { Slot: Slot.Adjective, Valence: 1 }).Form + "ic";
        double Of(string text) => sign.ScoreOf(Labels.Ids(text));
        string[] texts = [$"the {happy}", $"the not {happy}", $"not {happy} {happy}", $"{happy} {happy}", "the"];
        Assert.Equal([1, -1, 0, 2, 0], texts.Select(Of));
    }

    [Fact]
    public void A_document_without_a_sign_is_never_drawn_and_asked_about_it_nobody_knows()
    {
        var sign = SignLabel.Of(Labels, 0.5, 1);
        Assert.All(sign.Sample(500, 1), e => Assert.NotEqual(0, sign.ScoreOf(e.Source)));
        var without = Labels.Sample(500, 1).Where(d => sign.ScoreOf(d.Ids) == 0).ToList();
        Assert.InRange(without.Count, 1, 100);
        Assert.Equal([0.5, 0.5], sign.Posterior(without[0].Ids));
        Assert.Contains("has no sign", Assert.Throws<ArgumentException>(() => sign.LabelOf(without[0])).Message);
        Assert.Equal(1, sign.BayesAccuracy().Mean);
        Assert.InRange(sign.Sample(2000, 2).Average(e => e.Target[0]), 0.4, 0.6);
    }

    [Fact]
    public void Questions_that_a_language_has_no_answers_to_are_refused_in_one_sentence()
    {
        var few = new Lingua(1, Tiny with { ValencedShare = 0 });
        string Refused(Func<object> make) => Assert.Throws<ArgumentException>(make).Message;
        Assert.Contains("Tokens must be 0", Refused(() => SignLabel.Of(Lingua.Preset("base", 1), 0.5, 1)));
        Assert.Contains("too few for scores", Refused(() => SignLabel.Of(few, 0.5, 1)));
        Assert.Equal("The agreement is 1.5: it must be 0 to 1.", Refused(() => SignLabel.Of(Labels, 1.5, 1)));
        var sign = SignLabel.Of(Labels, 0.5, 1);
        Assert.Equal("The correlation is -2: it must be -1 to 1.", Refused(() => sign.Related(-2, 1)));
        Assert.Contains("0 to 3", Refused(() => sign.About(1, 4)));
        Assert.Contains("one is needed", Refused(() => sign.About()));
        Assert.Contains("two, with three of each", Refused(() => new Entailment(Lingua.Preset("tiny", 1))));
        Assert.Contains("two sentences", Refused(() => new Entailment(Labels).Posterior(Labels.Ids("the"))));
    }

    [Fact]
    public void The_second_sentence_of_an_entailment_is_the_first_with_another_subject()
    {
        var entailment = new Entailment(Labels);
        var examples = entailment.Sample(600, 1);
        var logs = Labels.LogProbabilities([.. examples.Select(e => e.Source)]);
        Assert.All(logs, log => Assert.True(double.IsFinite(log.Sum())));
        Assert.All(examples, e =>
        {
            var half = e.Source.Length / 2;
            var (first, second) = (e.Source[..half], e.Source[half..]);
            var changed = first.Zip(second).Where(w => w.First != w.Second).ToList();
            Stem old = Labels.StemOf(changed[0].First)!, @new = Labels.StemOf(changed[0].Second)!;
            Assert.Equal((Slot.Noun, Slot.Noun), (old.Slot, @new.Slot));
            Assert.All(changed.Skip(1), w => Assert.Equal(Labels.StemOf(w.First), Labels.StemOf(w.Second)));
            Assert.All(changed.Skip(1), w => Assert.Equal(Slot.Verb, Labels.WordOf(w.First)!.Slot));
            Assert.InRange(changed.Count, 1, 2);
            var siblings = Labels.Stems.Where(s => s.Slot == Slot.Noun && s.Topic == old.Topic);
            var commonest = siblings.OrderBy(s => s.Rank).First();
            Assert.NotEqual(commonest, old);
            Assert.Equal(@new == commonest ? 0 : @new.Topic == old.Topic ? 1 : 2, e.Target.Single());
        });
        Assert.All(examples.CountBy(e => e.Target[0]), answer => Assert.InRange(answer.Value, 150, 250));
    }

    [Fact]
    public void Tags_tell_what_the_phrase_of_a_word_does()
    {
        var tagging = new Tagging(Labels);
        int Form(Slot slot) => Enumerable.Range(2, Labels.Vocabulary - 2)
            .First(id => Labels.WordOf(id) is { Plural: false, Class: 0 } word && word.Slot == slot);
        var (noun, verb, adjective) = (Form(Slot.Noun), Form(Slot.Verb), Form(Slot.Adjective));
        int[] document =
        [
            .. Labels.Ids("the not"), adjective, noun, .. Labels.Ids("that the"), noun, .. Labels.Ids("near some"),
            noun, verb, verb, .. Labels.Ids("some"), noun, Form(Slot.Adverb), .. Labels.Ids("."),
        ];
        Assert.Equal("SSSS-RR-PP--OO--", string.Concat(tagging.TagsOf(document).Select(t => "-SORP"[(int)t])));
    }

    [Property(MaxTest = 50)]
    public bool Every_phrase_has_the_tag_of_what_begins_it(int seed)
    {
        var deep = Lingua.Preset("deep", 1);
        var (source, target) = new Tagging(deep).Sample(1, seed)[0];
        var words = source.Zip(target, (id, tag) => (deep.WordOf(id)!.Slot, Tag: (Tag)tag)).ToList();
        int Heads(Tag tag) => words.Count(w => w.Slot == Slot.Noun && w.Tag == tag);
        return Heads(Tag.RelativeSubject) == words.Count(w => w.Slot == Slot.Relative)
            && Heads(Tag.AfterPreposition) == words.Count(w => w.Slot == Slot.Preposition)
            && Heads(Tag.Subject) == words.Count(w => w.Slot == Slot.Stop)
            && words.Zip(words.Skip(1)).All(pair => pair.First.Tag == Tag.None || pair.First.Slot == Slot.Noun
                || pair.Second.Tag == pair.First.Tag);
    }
}
