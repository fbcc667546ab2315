using FsCheck.Xunit;
using LmNotebooks.Languages;

namespace LmNotebooks.Tests.Languages;

public class PlacesTests
{
    private static readonly Lingua[] Languages =
        [Lingua.Preset("base", 1), Lingua.Preset("deep", 1), Lingua.Preset("tiny", 1)];

    /// <summary>the N near some N that the N V V the N . with subjects of class 0: the verbs are of the third and of
    /// the first noun.</summary>
    [Theory]
    [InlineData(1, false, 0, true, 2)]
    [InlineData(0, false, 0, true, 1)]
    [InlineData(0, true, 0, false, 1)]
    [InlineData(0, false, 0, false, 0)]
    public void Nouns_of_another_class_or_number_between_subject_and_verb_are_attractors(
        int secondClass, bool secondPlural, int thirdClass, bool thirdPlural, int attractors)
    {
        var language = Languages[0];
        var places = language.Places([.. language.Ids("the"), Form(Slot.Noun, 0, false),
            .. language.Ids("near some"), Form(Slot.Noun, secondClass, secondPlural),
            .. language.Ids("that the"), Form(Slot.Noun, thirdClass, thirdPlural),
                Form(Slot.Verb, thirdClass, thirdPlural), Form(Slot.Verb, 0, false),
            .. language.Ids("the"), Form(Slot.Noun, 1, true), .. language.Ids(".")]);
        Assert.Equal([0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 0, 0], places.Select(p => p.Depth));
        Assert.Equal([0, attractors], places.Where(p => p.Word.Slot == Slot.Verb).Select(p => p.Attractors));
        Assert.All(places.Where(p => p.Word.Slot != Slot.Verb), p => Assert.Equal(0, p.Attractors));

        int Form(Slot slot, int @class, bool plural) => Enumerable.Range(2, language.Vocabulary - 2)
            .First(id => language.WordOf(id)!.Slot == slot && language.WordOf(id)!.Class == @class
                && language.WordOf(id)!.Plural == plural);
    }

    [Property(MaxTest = 200)]
    public void Places_are_those_of_a_parser_that_descends_into_phrases(int seed) => Assert.All(Languages, language =>
    {
        var document = language.Sample(1, seed)[0].Ids;
        Assert.Equal(new Parser([.. document.Select(id => language.WordOf(id)!)]).Places(), language.Places(document));
    });

    [Fact]
    public void What_is_not_grammatical_has_no_places() =>
        Assert.Contains("'near', cannot stand there",
            Assert.Throws<ArgumentException>(() => Languages[0].Places(Languages[0].Ids("the near"))).Message);

    /// <summary>The grammar by its rules, top down; a document may end anywhere.</summary>
    private sealed class Parser(Word[] words)
    {
        private readonly List<Place> places = [];

        public IReadOnlyList<Place> Places()
        {
            while (Peek() is not null)
            {
                Clause(0);
                if (Peek() is Slot.Determiner) NounPhrase(0);
                while (Peek() is Slot.Adverb or Slot.Stop) Take(0);
            }
            return places;
        }

        private void Clause(int depth)
        {
            var subject = NounPhrase(depth);
            if (Peek() is null) return;
            var between = words[(subject + 1)..places.Count].Where(w => w.Slot == Slot.Noun);
            Take(depth, between.Count(w => w.Class != words[subject].Class || w.Plural != words[subject].Plural));
        }

        private int NounPhrase(int depth)
        {
            while (Peek() is Slot.Determiner or Slot.Negation or Slot.Adjective) Take(depth);
            var head = places.Count;
            if (Peek() is Slot.Noun) Take(depth);
            if (Peek() is not (Slot.Preposition or Slot.Relative)) return head;
            var relative = Peek() is Slot.Relative;
            Take(depth);
            if (relative) Clause(depth + 1);
            else NounPhrase(depth + 1);
            return head;
        }

        private Slot? Peek() => places.Count < words.Length ? words[places.Count].Slot : null;
        private void Take(int depth, int attractors = 0) =>
            places.Add(new Place(words[places.Count], depth, attractors));
    }
}
