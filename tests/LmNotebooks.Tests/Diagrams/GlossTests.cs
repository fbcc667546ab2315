using FsCheck.Xunit;
using LmNotebooks.Diagrams;
using LmNotebooks.Languages;

namespace LmNotebooks.Tests.Diagrams;

public class GlossTests
{
    private static readonly Lingua[] Languages =
        [Pictures.Language, Lingua.Preset("deep", 1), Lingua.Preset("tiny", 1), Lingua.Preset("zero-shot", 1)];

    [Theory]
    [InlineData("gofic", Slot.Adjective, 0, false, "gof-ic", "ADJ")]
    [InlineData("ungofic", Slot.Adjective, 0, false, "un-gof-ic", "not-ADJ")]
    [InlineData("bomi", Slot.Noun, 0, true, "bom-i", "NOUN-PL (class a)")]
    [InlineData("bom", Slot.Noun, 1, false, "bom", "NOUN (class e)")]
    [InlineData("poden", Slot.Verb, 1, true, "pod-e-n", "VERB-class e-PL")]
    [InlineData("podat", Slot.Verb, 0, false, "pod-a-t", "VERB-class a-SG")]
    [InlineData("not", Slot.Negation, 0, false, "not", "NEG")]
    public void A_word_is_told_by_its_morphemes(string text, Slot slot, int @class, bool plural, string pieces,
        string meaning)
    {
        var word = new Word(text, slot, 0, @class, plural);
        Assert.Equal((pieces, meaning), (Gloss.Pieces(word), Gloss.Meaning(word)));
    }

    [Property(MaxTest = 100)]
    public void Arcs_join_each_verb_to_the_head_of_its_subject(int seed) => Assert.All(Languages, language =>
    {
        var document = language.Sample(1, seed)[0].Ids;
        var words = document.Select(id => language.WordOf(id)!).ToArray();
        Assert.Equal(new Parser(words).Arcs().OrderBy(a => a.Verb), Gloss.Subjects(language.Places(document)));
    });

    [Property(MaxTest = 30)]
    public void A_verb_has_the_class_and_the_number_of_the_noun_that_its_arc_comes_from(int seed) =>
        Assert.All(Languages, language =>
        {
            var places = language.Places(language.Sample(1, seed)[0].Ids);
            Assert.All(Gloss.Subjects(places), arc => Assert.Equal(
                (places[arc.Noun].Word.Class, places[arc.Noun].Word.Plural),
                (places[arc.Verb].Word.Class, places[arc.Verb].Word.Plural)));
        });

    [Property(MaxTest = 30)]
    public void Every_word_of_a_text_has_a_row_and_every_arc_a_line_between_two(int seed) =>
        Assert.All(Languages, language =>
        {
            var document = language.Sample(1, seed)[0].Ids;
            var (drawing, words) = (Gloss.Of(language, document), document.Select(id => language.WordOf(id)!).ToList());
            var arcs = Gloss.Subjects(language.Places(document));
            var rows = drawing.Shapes.OfType<Note>().TakeLast(words.Count).ToList();
            Assert.Equal(words.Select(Gloss.Meaning), rows.Select(r => r.Text));
            Assert.Equal(arcs.Select(a => (rows[a.Noun].Y, rows[a.Verb].Y)),
                drawing.Shapes.OfType<Stroke>().Select(s => (s.Points[0].Y, s.Points[^1].Y)));
            Assert.Equal(string.Concat(words.Select(w => w.Text)),
                string.Concat(words.Select(w => Gloss.Pieces(w).Replace("-", w.Slot is Slot.Attribute ? "-" : ""))));
        });

    [Fact]
    public void What_is_no_text_of_the_language_is_refused_in_one_sentence()
    {
        Assert.StartsWith("There is no word to gloss", Assert.Throws<ArgumentException>(() =>
            Gloss.Of(Pictures.Language, [])).Message);
        Assert.Contains("cannot stand there", Assert.Throws<ArgumentException>(() =>
            Gloss.Of(Pictures.Language, "the near")).Message);
    }

    /// <summary>The grammar by its rules, top down; a document may end anywhere.</summary>
    private sealed class Parser(Word[] words)
    {
        private readonly List<(int Noun, int Verb)> arcs = [];
        private int at;

        public IReadOnlyList<(int Noun, int Verb)> Arcs()
        {
            while (at < words.Length)
            {
                if (Peek() == Slot.Determiner) Clause();
                else while (at < words.Length && words[at++].Slot != Slot.Stop) { }   // a definition
                if (Peek() == Slot.Determiner && at > 0 && words[at - 1].Slot == Slot.Verb) NounPhrase();
                while (at < words.Length && Peek() != Slot.Determiner && Peek() != Slot.Article) at++;
            }
            return arcs;
        }

        private Slot? Peek() => at < words.Length ? words[at].Slot : null;

        private void Clause()
        {
            var subject = NounPhrase();
            if (Peek() == Slot.Verb) arcs.Add((subject, at++));
        }

        /// <summary>The position of its head noun.</summary>
        private int NounPhrase()
        {
            while (Peek() is Slot.Determiner or Slot.Negation or Slot.Adjective) at++;
            var noun = at;
            if (Peek() == Slot.Noun) at++;
            if (Peek() == Slot.Preposition)
            {
                at++;
                NounPhrase();
            }
            else if (Peek() == Slot.Relative)
            {
                at++;
                Clause();
            }
            return noun;
        }
    }
}
