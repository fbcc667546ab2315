using System.Text.RegularExpressions;
using LmNotebooks.Languages;

namespace LmNotebooks.Tests.Languages;

public class MorphologyTests
{
    private static readonly LinguaPair Base = LinguaPair.Preset("base", 1);
    // has stems of two syllables
    private static readonly Lingua Large = new(2, LinguaKnobs.Preset("base") with { Nouns = 500, NounClasses = 6 });
    private static readonly LinguaPair LargePair =
        new(2, Base.Knobs with { Source = Base.Knobs.Source with { Nouns = 500, NounClasses = 6 } });

    [Fact]
    public void A_word_of_the_source_is_its_stem_and_suffixes() =>
        Assert.All(Enumerable.Range(2, Large.Vocabulary - 2), id =>
    {
        var (word, pieces) = (Large.WordOf(id)!, Morphology.Segment(Large.Words[id]));
        Assert.Equal(word.Text, string.Concat(pieces));
        Assert.Equal(Large.StemOf(id)?.Form ?? word.Text, pieces[0]);
        Assert.Equal(word.Slot == Slot.Verb ? 3 : word
            is { Slot: Slot.Noun, Plural: true } or { Slot: Slot.Adjective or Slot.Adverb } ? 2 : 1, pieces.Length);
    });

    [Fact]
    public void A_word_of_the_target_is_its_stem_and_suffixes()
    {
        var words = Enumerable.Range(2, LargePair.Vocabulary - 2).Select(id => LargePair.WordOf(id)!).ToList();
        Assert.All(words, word =>
        {
            var pieces = Morphology.Segment(word.Text);
            Assert.Equal(word.Text, string.Concat(pieces));
            Assert.Equal(1 + (word.Source.Slot is Slot.Verb or Slot.Adjective or Slot.Adverb ? 1 : 0)
                + (word.Source.Plural ? 1 : 0)
                + (word.Case > Case.Nominative ? 1 : 0), pieces.Length);
        });
        var stems = words.Where(w => w.Source.Slot is Slot.Noun or Slot.Verb or Slot.Adjective or Slot.Adverb)
            .ToLookup(w => Morphology.Segment(w.Text)[0], w => (w.Source.Slot, w.Source.Stem, w.Sense));
        Assert.All(stems, stem => Assert.Single(stem.Distinct()));
    }

    [Fact]
    public void No_word_can_be_segmented_in_two_ways()
    {
        // of nouns, verbs, adjectives and adverbs
        foreach (var (words, count) in new[] { (Large.Words, 1 + 6 * 2 + 2), (LargePair.Words, 5 + 6 * 2 + 2) })
        {
            var content = words.Select(w => Morphology.Segment(w)).Where(pieces => pieces.Length > 1).ToList();
            var endings = content.Select(pieces => string.Concat(pieces[1..])).ToHashSet();
            Assert.Equal(count, endings.Count);
            Assert.All(content.Select(pieces => string.Concat(pieces)), word =>
                Assert.Single(Enumerable.Range(1, word.Length),
                i => Regex.IsMatch(word[..i], "^[aeou]?([bdfgklmnprstvz][aeou][bdfgklmnprstvz])+$")
                    && endings.Contains(word[i..])));
        }
    }

    [Fact]
    public void A_function_word_is_one_piece() =>
        Assert.All(new[] { "the", "not", "that", "under", ".", "aliqui", "haud", "cum", "<bos>" }, word =>
            Assert.Equal([word], Morphology.Segment(word)));
}
