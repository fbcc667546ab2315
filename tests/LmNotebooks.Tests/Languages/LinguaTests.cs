using FsCheck.Xunit;
using LmNotebooks.Languages;

namespace LmNotebooks.Tests.Languages;

public class LinguaTests
{
    private static readonly Lingua Base = Lingua.Preset("base", 1), Deep = Lingua.Preset("deep", 1);

    [Property(MaxTest = 20)]
    public bool The_next_word_has_a_distribution_that_sums_to_one_and_agrees_with_the_log_probabilities(int seed)
    {
        var language = seed % 2 == 0 ? Base : Deep;
        var document = language.Sample(1, seed)[0].Ids;
        var logs = language.LogProbabilities([document])[0];
        return Enumerable.Range(0, document.Length).All(t =>
        {
            var next = language.Next(document[..t]);
            return Math.Abs(next.Sum() - 1) < 1e-9 && Math.Abs(Math.Log(next[document[t]]) - logs[t]) < 1e-9;
        });
    }

    [Property(MaxTest = 20)]
    public bool Predictions_given_each_value_of_a_latent_mix_by_the_posterior_to_the_prediction(int seed)
    {
        var prefix = Base.Sample(1, seed)[0].Ids[..15];
        return Enum.GetValues<Latent>().All(latent =>
        {
            var (posterior, given, next) = (Base.Posterior(latent, prefix), Base.NextGiven(latent, prefix),
                Base.Next(prefix));
            return Enumerable.Range(0, next.Length)
                .All(id => Math.Abs(posterior.Zip(given, (p, g) => p * g[id]).Sum() - next[id]) < 1e-12);
        });
    }

    [Property(MaxTest = 30)]
    public bool Verbs_agree_with_the_head_of_their_subject_over_everything_between(int seed)
    {
        var document = Deep.Sample(1, seed)[0].Ids;
        var subjects = new Stack<Word>();   // heads whose verb has not come
        var afterPreposition = false;
        foreach (var word in document.Select(id => Deep.WordOf(id)!))
        {
            if (word.Slot == Slot.Preposition) afterPreposition = true;
            else if (word.Slot == Slot.Stop) subjects.Clear();
            else if (word.Slot == Slot.Noun)
            {
                if (!afterPreposition) subjects.Push(word);
                afterPreposition = false;
            }
            else if (word.Slot == Slot.Verb && subjects.Pop() is var subject
                && (subject.Class, subject.Plural) != (word.Class, word.Plural)) return false;
        }
        return true;
    }

    [Fact]
    public void A_verb_that_agrees_with_the_attractor_instead_is_impossible()
    {
        var nouns = Enumerable.Range(2, Base.Vocabulary - 2).Where(id => Base.WordOf(id)!.Slot == Slot.Noun).ToArray();
        var (singular, plural) = (nouns.First(id => !Base.WordOf(id)!.Plural),
            nouns.First(id => Base.WordOf(id)!.Plural));
        int[] prefix = [.. Base.Ids("the"), singular, .. Base.Ids("near some"), plural];
        var next = Base.Next(prefix);
        var verbs = Enumerable.Range(2, Base.Vocabulary - 2).Where(id => Base.WordOf(id)!.Slot == Slot.Verb)
            .ToLookup(id => next[id] > 0, id => Base.WordOf(id)!);
        Assert.All(verbs[true], v => Assert.Equal((Base.WordOf(singular)!.Class, false), (v.Class, v.Plural)));
        Assert.Equal(24, verbs[true].Count());
        var wrong = Enumerable.Range(2, Base.Vocabulary - 2)
            .First(id => Base.WordOf(id) is { Slot: Slot.Verb, Plural: true });
        Assert.Equal([double.NegativeInfinity, double.NegativeInfinity],
            Base.LogProbabilities([[.. prefix, wrong, 2]])[0][^2..]);
    }

    [Fact]
    public void Not_turns_the_valence_of_the_next_adjective_around()
    {
        var adjectives = Enumerable.Range(2, Base.Vocabulary - 2).Where(id => Base.WordOf(id)!.Slot == Slot.Adjective)
            .ToArray();
        var positive = adjectives.Where(id => Base.StemOf(id)!.Valence > 0).ToArray();
        var happy = Base.Ids("the").Append(positive[0]).ToArray();   // evidence for the positive polarity
        double Share(int[] prefix) { var next = Base.Next(prefix);
            return positive.Sum(id => next[id]) / adjectives.Sum(id => next[id]); }
        Assert.True(Share(happy) > 0.6);
        Assert.Equal(1, Share(happy) + Share([.. happy, .. Base.Ids("not")]), 0.2);
        Assert.True(Share([.. happy, .. Base.Ids("not")]) < 0.4);
    }

    [Fact]
    public void The_same_seed_draws_the_same_documents_and_another_draws_others()
    {
        Assert.Equal(Base.Sample(5, 3).Select(d => d.Ids), Lingua.Preset("base", 1).Sample(5, 3).Select(d => d.Ids));
        Assert.NotEqual(Base.Sample(5, 3)[0].Ids, Base.Sample(5, 4)[0].Ids);
        Assert.NotEqual(Base.Sample(5, 3)[0].Ids, Base.Sample(5, 3)[1].Ids);
        Assert.Equal(Base.Sample(5, 3)[4].Ids, Base.Sample(9, 3)[4].Ids);
    }

    [Fact]
    public void The_hash_tells_languages_apart()
    {
        var knobs = LinguaKnobs.Preset("base");
        string[] hashes = [Base.Hash, Lingua.Preset("base", 2).Hash, new Lingua(1, knobs with { Adverb = 0.31 }).Hash,
            new Lingua(1, knobs with { Nouns = 49 }).Hash];
        Assert.Equal(hashes, hashes.Distinct());
        Assert.Equal(Base.Hash, Lingua.Preset("base", 1).Hash);
    }

    [Fact]
    public void Words_are_all_different_and_survive_the_way_to_text_and_back()
    {
        Assert.Equal(Base.Words, Base.Words.Distinct());
        Assert.InRange(Base.Vocabulary, 225, 245);
        Assert.InRange(Deep.Vocabulary, 90, 110);
        var document = Base.Sample(1, 1)[0].Ids;
        Assert.Equal(48, document.Length);
        Assert.Equal(document, Base.Ids(Base.Text(document)));
        Assert.Equal(document, LmNotebooks.Tokens.Tokenizers.Words(Base.Words).EncodeToIds(Base.Text(document)));
        Assert.Contains("'dog' is not a word", Assert.Throws<ArgumentException>(() => Base.Ids("the dog")).Message);
    }

    [Fact]
    public void Attributes_come_in_equal_numbers()
    {
        var nouns = Base.Stems.Where(s => s.Slot == Slot.Noun).ToArray();
        Assert.Equal([12, 12, 12, 12], nouns.CountBy(s => s.Topic).Select(c => c.Value));
        // 0.4 of 48
        Assert.Equal([9, 10], nouns.Where(s => s.Valence != 0).CountBy(s => s.Valence).Select(c => c.Value).Order());
        Assert.DoesNotContain(Base.Stems, s => s.Slot == Slot.Adjective && s.Valence == 0);
    }

    [Theory]
    [InlineData(Latent.Topic)]
    [InlineData(Latent.Polarity)]
    [InlineData(Latent.Register)]
    public void A_redrawn_prefix_has_the_same_structure_and_fits_the_continuation_worse(Latent latent)
    {
        var redrawn = Base.Redraw(latent, 200, 1);
        Assert.Equal(200, redrawn.Count);
        Assert.All(redrawn, r =>
        {
            Assert.Equal(r.Prefix.Select(id => Base.WordOf(id)!.Slot),
                r.Counterfactual.Select(id => Base.WordOf(id)!.Slot));
            Assert.Equal(Slot.Stop, Base.WordOf(r.Prefix[^1])!.Slot);
            Assert.Equal(48, r.Prefix.Length + r.Continuation.Length);
        });
        double Log(Func<Redrawn, int[]> prefix) =>
            redrawn.Zip(Base.LogProbabilities([.. redrawn.Select(r => (int[])[.. prefix(r), .. r.Continuation])]),
            (r, logs) => logs.Skip(r.Prefix.Length).Sum()).Average();
        Assert.True(Log(r => r.Prefix) > Log(r => r.Counterfactual) + 0.05);
    }

    [Fact]
    public void What_cannot_be_redrawn_is_refused_in_one_sentence()
    {
        Assert.Contains("leaves no trace", Assert.Throws<ArgumentException>(() => Base.Redraw(Latent.Intent, 1, 1))
            .Message);
        Assert.Contains("one topic", Assert.Throws<ArgumentException>(() =>
            new Lingua(1, Base.Knobs with { Topics = 1 }).Redraw(Latent.Topic, 1, 1)).Message);
        Assert.Contains("one sentence", Assert.Throws<ArgumentException>(() => Lingua.Preset("tiny", 1)
            .Redraw(Latent.Topic, 1, 1)).Message);
    }

    [Fact]
    public void A_prefix_that_is_not_grammatical_is_refused_with_the_word() =>
        Assert.StartsWith("Word 2 of the prefix, 'the', cannot stand there",
            Assert.Throws<ArgumentException>(() => Base.Next(Base.Ids("the the"))).Message);

    [Fact]
    public void Evidence_moves_the_posterior_to_the_truth()
    {
        var documents = Base.Sample(300, 5);
        double Mean(Func<Document, int[]> prefix) =>
            documents.Average(d => Base.Posterior(Latent.Topic, prefix(d))[d.Sentences[0].Latents.Topic]);
        Assert.Equal(0.25, Mean(_ => []), 1e-9);
        Assert.True(Mean(d => d.Ids[..10]) > 0.4);
        Assert.True(Mean(d => d.Ids) > 0.85);
    }
}
