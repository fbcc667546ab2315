using FsCheck.Xunit;
using LmNotebooks.Languages;
using LmNotebooks.Measures;

namespace LmNotebooks.Tests.Languages;

public class LinguaPairTests
{
    private static readonly LinguaPair Base = LinguaPair.Preset("base", 1);
    private static readonly LinguaPair Deep =
        new(1, Base.Knobs with { Scrambling = 0.6, Source = LinguaKnobs.Preset("deep") });

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

    [Property(MaxTest = 100)]
    public bool A_reader_that_sees_one_word_ahead_finds_the_document_in_its_translation(int seed)
    {
        var pair = seed % 2 == 0 ? Base : Deep;
        var (source, target) = pair.Sample(1, seed)[0];
        return new BackTranslation([.. target.Select(id => pair.WordOf(id)!)]).Text == pair.Source.Text(source);
    }

    /// <summary>The target's grammar the other way round: cases, verbs and postpositions tell where phrases begin and
    /// end.</summary>
    private sealed class BackTranslation(TargetWord[] target)
    {
        private int next;

        public string Text => string.Join(' ', Sentences());

        private TargetWord Word => target[next];
        private string Take() => target[next++].Source.Text;
        private string Take(Slot slot, string otherwise = "") => Word.Source.Slot == slot ? Take() + " " : otherwise;

        private IEnumerable<string> Sentences()
        {
            while (next < target.Length)
            {
                var (adverb, subject, verb, @object) = (Take(Slot.Adverb), "", "", "");
                while (Word.Source.Slot != Slot.Stop)
                    if (Word.Source.Slot == Slot.Verb) verb = Take() + " ";
                    else if (Word.Case == Case.Nominative) subject = Phrase();
                    else if (Word.Case == Case.Accusative) @object = Phrase();
                yield return subject + verb + @object + adverb + Take();
            }
        }

        private string Phrase()
        {
            var phrase = Take(Slot.Noun);
            while (Word.Source.Slot == Slot.Adjective)
            {
                var adjective = Take();
                phrase = $"{Take(Slot.Negation)}{adjective} {phrase}";
            }
            phrase = Take(Slot.Determiner, "the ") + phrase;
            if (Word.Source.Slot == Slot.Relative) return phrase + Take() + " " + Phrase() + Take() + " ";
            if (Word.Case != Case.Oblique) return phrase;
            var inner = Phrase();
            return $"{phrase}{Take()} {inner}";
        }
    }

    [Property(MaxTest = 30)]
    public bool A_homonym_has_the_sense_that_goes_with_the_topic_as_far_as_the_document_shows_it(int seed)
    {
        var (source, target) = Base.Sample(1, seed)[0];
        var first = Array.FindIndex(target, id => Base.WordOf(id)!.Sense > 0);
        if (first < 0) return true;
        var word = Base.WordOf(target[first])!;
        var own = Base.Source.Posterior(Latent.Topic,
            source)[Base.Source.StemOf(source.First(id => Base.Source.WordOf(id) == word.Source))!.Topic];
        var next = Base.Next(source, target[..first]);
        double Sense(int sense) => Enumerable.Range(2, Base.Vocabulary - 2)
            .Where(id => Base.WordOf(id) is { } w && w.Source == word.Source && w.Case == word.Case && w.Sense == sense)
                .Sum(id => next[id]);
        return Math.Abs(Sense(1) / (Sense(1) + Sense(2))
            - (Base.Knobs.SenseClarity * own + (1 - Base.Knobs.SenseClarity) * (1 - own))) < 1e-9;
    }

    [Fact]
    public void The_verb_comes_last_unless_the_order_is_scrambled()
    {
        double Last(double scrambling) => new LinguaPair(1,
            Base.Knobs with { Scrambling = scrambling, Source = Base.Knobs.Source with { Sentences = 1 } })
            .Sample(500, 1).Average(t => Base.WordOf(t.Target[^2])!.Source.Slot == Slot.Verb ? 1 : 0);
        Assert.Equal(1, Last(0));
        Assert.InRange(Last(1), 0.1, 0.6);
    }

    [Fact]
    public void What_is_no_translation_has_the_log_probability_negative_infinity_from_there_on()
    {
        var (source, target) = Base.Sample(1, 1)[0];
        double[] Logs(int[] words) => Base.LogProbabilities([new(source, words)])[0];
        var noun = Array.FindIndex(target, id => Base.WordOf(id)!.Case == Case.Nominative);
        var text = Base.Words[target[noun]];
        foreach (var wrong in new[] { Base.Ids(text + "he")[0], Base.Ids(".")[0], 0, 1, -1, Base.Vocabulary })
        {
            var logs = Logs([.. target[..noun], wrong, .. target[(noun + 1)..]]);
            Assert.All(logs[..noun], l => Assert.True(double.IsFinite(l)));
            Assert.All(logs[noun..], l => Assert.Equal(double.NegativeInfinity, l));
        }
        Assert.Equal([.. Logs(target), double.NegativeInfinity], Logs([.. target, target[^1]]));
    }

    [Fact]
    public void What_cannot_be_answered_is_refused_in_one_sentence()
    {
        var (source, target) = Base.Sample(1, 1)[0];
        string Refused(int[] of, int[] prefix) => Assert.Throws<ArgumentException>(() => Base.Next(of, prefix)).Message;
        Assert.Contains("must end with its full stop", Refused(source[..^1], []));
        Assert.Contains("must end with its full stop", Refused([], []));
        Assert.StartsWith("Word 2 of the prefix, 'the', cannot stand there", Refused(Base.Source.Ids("the the"), []));
        Assert.StartsWith("Word 1 of the prefix, '.', cannot stand there", Refused(source, Base.Ids(".")));
        Assert.Contains("no word follows", Refused(source, target));
        Assert.Contains("'dog' is not a word", Assert.Throws<ArgumentException>(() => Base.Ids("dog")).Message);
    }

    [Fact]
    public void The_same_seed_draws_the_same_translations_and_the_sources_own_documents()
    {
        string[] Drawn(LinguaPair pair, int count, int seed) =>
            [.. pair.Sample(count, seed).Select(t => pair.Text(t.Target))];
        Assert.Equal(Drawn(Base, 5, 3), Drawn(LinguaPair.Preset("base", 1), 5, 3));
        Assert.Equal(Drawn(Base, 5, 3), Drawn(Base, 9, 3)[..5]);
        Assert.NotEqual(Drawn(Base, 5, 3), Drawn(Base, 5, 4));
        Assert.Equal(Base.Source.Sample(5, 3).Select(d => d.Ids), Base.Sample(5, 3).Select(t => t.Source));
        string[] hashes = [Base.Hash, LinguaPair.Preset("base", 2).Hash,
            new LinguaPair(1, Base.Knobs with { Synonyms = 0.31 }).Hash, Deep.Hash];
        Assert.Equal(hashes, hashes.Distinct());
        Assert.Equal(Base.Hash, LinguaPair.Preset("base", 1).Hash);
    }

    [Fact]
    public void Words_are_all_different_and_survive_the_way_to_text_and_back()
    {
        Assert.Equal(Base.Words, Base.Words.Distinct());
        var target = Base.Sample(1, 1)[0].Target;
        Assert.Equal(target, Base.Ids(Base.Text(target)));
        var nouns = Enumerable.Range(2, Base.Vocabulary - 2).Select(id => Base.WordOf(id)!)
            .Where(w => w is { Source: { Slot: Slot.Noun, Plural: false }, Case: Case.Nominative });
        var senses = nouns.GroupBy(w => w.Source.Text).Select(g => g.Select(w => w.Sense).Distinct().Order().ToArray())
            .ToList();
        Assert.All(senses, s => Assert.True(s is [0] or [1, 2]));
        Assert.InRange(senses.Count(s => s.Length == 2), 4, 16);                                 // about 0.3 of 32
    }

    [Fact]
    public void The_excess_of_the_truth_is_zero_and_knowing_nothing_costs_what_the_entropy_leaves_of_a_uniform_choice()
    {
        var translations = Base.Sample(200, 1);
        Assert.Equal(new Estimate(0, 0), Excess.Of(Base, Base, translations));
        var (excess, entropy) = (Excess.Of(Base, new Uniform(Base.Vocabulary), translations), Base.Entropy(0.01));
        Assert.InRange(excess.Mean + entropy.Mean - Math.Log(Base.Vocabulary), -0.1, 0.1);
        Assert.InRange(entropy.Mean, 0.1, 1);
    }

    private sealed record Uniform(int Vocabulary) : IConditionalDistribution
    {
        public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
            [.. examples.Select(e => e.Target.Select(_ => -Math.Log(Vocabulary)).ToArray())];

        public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) =>
            [.. Enumerable.Repeat(1.0 / Vocabulary, Vocabulary)];
    }

    [Fact]
    public void Knobs_survive_the_way_to_JSON_and_back_and_impossible_ones_are_refused_in_one_sentence()
    {
        Assert.Equal(Base.Knobs, PairKnobs.Parse(Base.Knobs.ToJson(), "test"));
        string Refused(PairKnobs knobs) => Assert.Throws<ArgumentException>(() => new LinguaPair(1, knobs)).Message;
        Assert.Contains("Source.Tokens is 48: it must be 0",
            Refused(Base.Knobs with { Source = LinguaKnobs.Preset("base") }));
        Assert.Equal("Scrambling is 1.5: it must be 0 to 1.", Refused(Base.Knobs with { Scrambling = 1.5 }));
        Assert.Equal("There is no pair preset 'best': there are base, directions, tasks, tiny.",
            Assert.Throws<ArgumentException>(() => PairKnobs.Preset("best")).Message);
    }
}
