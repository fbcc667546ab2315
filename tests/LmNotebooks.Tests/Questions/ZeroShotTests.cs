using FsCheck.Xunit;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Questions;

namespace LmNotebooks.Tests.Questions;

public class ZeroShotTests
{
    private static readonly Lingua ZeroShot = Lingua.Preset("zero-shot", 1);
    private static readonly Lingua Leaking = new(1, ZeroShot.Knobs with { Leakage = 2 });
    private static readonly Lingua Half = new(1, ZeroShot.Knobs with { Leakage = 1 });

    [Property(MaxTest = 15)]
    public bool The_next_word_has_a_distribution_that_sums_to_one_and_agrees_with_the_log_probabilities(int seed)
    {
        var language = seed % 2 == 0 ? Leaking : Half;
        var document = language.Sample(1, seed)[0].Ids;
        var logs = language.LogProbabilities([document])[0];
        return Enumerable.Range(0, document.Length).All(t =>
        {
            var next = language.Next(document[..t]);
            return Math.Abs(next.Sum() - 1) < 1e-9 && Math.Abs(Math.Log(next[document[t]]) - logs[t]) < 1e-9;
        });
    }

    [Property(MaxTest = 10)]
    public bool Predictions_given_each_value_of_a_latent_mix_to_the_prediction_where_a_prompt_excludes_values(int seed)
    {
        var document = Leaking.Sample(1, seed)[0].Ids;
        var prompt = Array.FindIndex(document, id => Leaking.WordOf(id)!.Slot == Slot.Prompt);
        var prefix = document[..Math.Min(document.Length, prompt + 3)];
        return Enum.GetValues<Latent>().All(latent =>
        {
            var (posterior, given) = (Leaking.Posterior(latent, prefix), Leaking.NextGiven(latent, prefix));
            return Leaking.Next(prefix).Index().All(next =>
                Math.Abs(posterior.Zip(given, (p, g) => p * g[next.Index]).Sum() - next.Item) < 1e-9);
        });
    }

    [Fact]
    public void Prompts_stand_in_the_documents_that_the_level_of_leakage_allows()
    {
        static double[] Share(Lingua language)
        {
            double Has(Document d) => d.Ids.Any(id => language.WordOf(id)!.Slot == Slot.Prompt) ? 1 : 0;
            var byTopic = language.Sample(2000, 1).GroupBy(d => d.Sentences[0].Latents.Topic);
            return [.. byTopic.OrderBy(g => g.Key).Select(g => g.Average(Has))];
        }

        Assert.Equal([0, 0, 0, 0], Share(ZeroShot));
        Assert.All(Share(Half)[2..], share => Assert.Equal(0, share));
        Assert.All(Share(Half)[..2].Concat(Share(Leaking)), share => Assert.InRange(share, 0.15, 0.5));
    }

    [Fact]
    public void A_question_by_prompt_has_the_same_answer_whether_the_language_prompts_or_not()
    {
        var asked = new PromptedLabel(Leaking, Latent.Polarity);
        var ceiling = new PromptedLabel(ZeroShot, Latent.Polarity);
        var examples = asked.Sample(300, 1);
        var accuracy = Accuracy.Of(asked, examples).Mean;
        Assert.Equal(asked.Answers.Select(id => Leaking.Words[id]), ["awful", "good"]);
        Assert.Equal(accuracy, Accuracy.Of(new PromptReader(Leaking, asked), examples).Mean, 1e-9);
        Assert.InRange(Accuracy.Of(ceiling, ceiling.Sample(1000, 2)).Mean, 0.8, 1);
        var control = new PromptReader(Leaking, asked) { Answers = [.. asked.Answers.Reverse()] };
        Assert.Equal(1 - accuracy, Accuracy.Of(control, examples).Mean, 1e-9);
        var source = ceiling.Sample(1, 1)[0].Source;
        Assert.EndsWith(" mood", ZeroShot.Text(ceiling.Ask(source)));
        var never = new PromptReader(ZeroShot, ceiling);
        var refused = Assert.Throws<ArgumentException>(() => never.Next(source, []));
        Assert.Contains("'mood', cannot stand there", refused.Message);
        Assert.Equal([double.NegativeInfinity], never.LogProbabilities([new(source, [1])])[0]);
    }

    [Fact]
    public void A_form_that_is_seen_in_other_topics_only_names_the_wrong_topic()
    {
        var question = new PromptedLabel(Half, Latent.Topic);
        var examples = question.Sample(300, 1);
        Assert.All(examples, e => Assert.InRange(e.Target[0], 2, 3));
        Assert.Equal(0, Accuracy.Of(new PromptReader(Half, question), examples).Mean);
        Assert.InRange(Accuracy.Of(question, examples).Mean, 0.9, 1);
        Assert.Equal(0, question.Posterior(examples[0].Source)[..2].Sum());
    }

    [Fact]
    public void New_words_and_definitions_are_as_the_preset_says()
    {
        Assert.Equal(12, ZeroShot.HeldOut.Count(s => s.Slot == Slot.Noun));
        Assert.Equal(3, ZeroShot.HeldOut.Count(s => s.Slot == Slot.Adjective));
        Assert.Equal(34, ZeroShot.Explained.Count);                              // of 48
        Assert.DoesNotContain(ZeroShot.Explained, ZeroShot.HeldOut.Contains);
        var nouns = ZeroShot.Stems.Where(s => s.Slot == Slot.Noun).ToList();
        Assert.Equal([15, 15, 15, 15], nouns.CountBy(s => s.Topic).Select(c => c.Value));        // of one deal
        Assert.All(nouns.Where(ZeroShot.HeldOut.Contains), s => Assert.Equal(24, s.Rank));
        var opposites = ZeroShot.Stems.Where(s => s.Form.StartsWith("un") && s.Slot == Slot.Adjective).ToList();
        Assert.Equal(10, opposites.Count);
        Assert.All(opposites, s => Assert.Contains(s with { Form = s.Form[2..], Valence = 1 }, ZeroShot.Stems));
        var first = ZeroShot.Sample(1000, 1).SelectMany(d => d.Sentences.SkipLast(1), (d, s) => d.Ids[s.Start]);
        Assert.InRange(first.Average(id => ZeroShot.Words[id] == "a" ? 1.0 : 0), 0.07, 0.11);    // short: rarely cut
        Assert.Equal(ZeroShot.Words, ZeroShot.Words.Distinct());
        Assert.Equal(ZeroShot.Words, Leaking.Words);
    }

    [Fact]
    public void Words_of_definitions_are_one_piece_and_un_is_a_piece_of_its_own() =>
        Assert.All(Enumerable.Range(2, ZeroShot.Vocabulary - 2), id =>
        {
            var (text, stem) = (ZeroShot.Words[id], ZeroShot.StemOf(id));
            var pieces = Morphology.Segment(text);
            Assert.Equal(text, string.Concat(pieces));
            if (stem is null) Assert.Single(pieces);
            else if (stem.Form.Length > 3) Assert.Equal(["un", stem.Form[2..], "ic"], pieces);
            else Assert.Equal(stem.Form, pieces[0]);
        });

    [Fact]
    public void Scores_stay_balanced_in_a_language_with_definitions()
    {
        var language = new Lingua(1, ZeroShot.Knobs with { Tokens = 0, Sentences = 2, Leakage = 2 });
        var sign = SignLabel.Of(language, 0.5, 1);
        var documents = language.Sample(20_000, 1);
        var score = Estimate.OfRatio([.. documents.Select(d => (sign.ScoreOf(d.Ids), 1.0))]);
        Assert.InRange(score.Mean, -4 * score.StandardError, 4 * score.StandardError);
        foreach (var polarity in new[] { -1, 1 })
        {
            var such = documents.Where(d => d.Sentences[^1].Latents.Polarity == polarity);
            Assert.Equal(0, such.Average(d => sign.ScoreOf(d.Ids)), 0.15);
        }
        var asked = new Entailment(language).Sample(200, 1).SelectMany(e => e.Source);
        Assert.DoesNotContain(asked.Select(language.StemOf).OfType<Stem>(), language.HeldOut.Contains);
    }

    [Fact]
    public void What_there_is_not_is_refused_in_one_sentence()
    {
        string Refused(Func<object> make) => Assert.Throws<ArgumentException>(make).Message;
        var @base = Lingua.Preset("base", 1);
        Assert.Contains("Prompt must be more than 0", Refused(() => new PromptedLabel(@base, Latent.Topic)));
        Assert.Contains("No prompt says the Intent", Refused(() => new PromptedLabel(Leaking, Latent.Intent)));
        Assert.Contains("has no definition", Refused(() => @base.Definition(@base.Stems.First())));
        Assert.Contains("has no definition", Refused(() => ZeroShot.Definition(ZeroShot.Stems.Last())));
        Assert.Contains("decides where prompts stand", Refused(() => Half.Redraw(Latent.Topic, 1, 1)));
        Assert.Equal(5, Leaking.Redraw(Latent.Topic, 5, 1).Count);
        Assert.Contains("is not held out", Refused(() => new NewWord(ZeroShot, ZeroShot.Stems.First())));
        var (word, other) = (ZeroShot.HeldOut.First(), ZeroShot.HeldOut.ElementAt(1));
        Assert.Contains("is no stem of this language", Refused(() => ZeroShot.Reveal(word with { Form = "dog" })));
        Assert.Contains("impossible in every language",
            Refused(() => new NewWord(ZeroShot, word).Posterior(ZeroShot.Definition(other))));
        Assert.Contains("must be 0", Refused(() => new LinguaPair(1, PairKnobs.Preset("tiny") with
        {
            Source = LinguaKnobs.Preset("tiny") with { Definition = 0.1 },
        })));
    }

    [Fact]
    public void A_knob_that_a_language_does_not_turn_is_no_part_of_its_description()
    {
        Assert.DoesNotContain("rompt", LinguaKnobs.Preset("base").ToJson());
        Assert.Contains("\"prompt\":0.04", ZeroShot.Knobs.ToJson());
        Assert.Equal(Leaking.Knobs, LinguaKnobs.Parse(Leaking.Knobs.ToJson(), "test"));
    }
}
