using LmNotebooks.Languages;
using MathNet.Numerics.Random;

namespace LmNotebooks.Questions;

/// <summary>What a second sentence has to do with the first, which it repeats with another subject, as the question
/// about the two. The commonest noun of a topic names all of them, as "animal" does, and the new subject is that name
/// of the old one's topic, which is always true (0), another noun of the topic, a sibling (1), or one of another topic,
/// unrelated (2); the three are equally frequent.</summary>
/// <remarks>The text decides the answer. No first subject is the name of its topic.</remarks>
public sealed class Entailment : Labelling
{
    private const int Hypernym = 0, Sibling = 1, Unrelated = 2;

    private readonly List<Stem> nouns, known;       // all, and those that are said
    private readonly IReadOnlyDictionary<int, Stem> names;      // by topic

    /// <exception cref="ArgumentException">The language has one topic, or too few nouns.</exception>
    public Entailment(Lingua language) : base("entailment", language, 3)
    {
        nouns = [.. language.Stems.Where(s => s.Slot == Slot.Noun)];
        known = [.. nouns.Except(language.HeldOut)];
        var topics = known.GroupBy(s => s.Topic).ToList();
        if (topics.Count < 2 || topics.Any(topic => topic.Count() < 3))
            throw new ArgumentException("Entailment is about topics and nouns: it needs two, with three of each.");
        names = topics.ToDictionary(topic => topic.Key, topic => topic.MinBy(s => s.Rank)!);
    }

    public override int LabelOf(Document document) => Answer(document.Ids);

    public override double[] Posterior(IReadOnlyList<int> document)
    {
        Language.Places(document);      // refuses what is not grammatical
        return Certainly(Answer(document));
    }

    protected override IEnumerable<Document> Documents(int seed) =>
        base.Documents(seed).Select((d, i) => Pair(d, Seeds.Mix(Language.Seed, seed, i, 5))).OfType<Document>();

    private int Answer(IReadOnlyList<int> document)
    {
        var first = document.Select(Language.WordOf).TakeWhile(word => word!.Slot != Slot.Stop).Count() + 1;
        var (old, @new) = (Subject(document.Take(first)), Subject(document.Skip(first)));
        if (old is null || @new is null) throw new ArgumentException("Entailment is a question about two sentences.");
        return Relation(old, @new);
    }

    private Stem? Subject(IEnumerable<int> sentence) =>
        sentence.Select(Language.StemOf).FirstOrDefault(s => s?.Slot == Slot.Noun);

    private int Relation(Stem old, Stem @new) =>
        names[old.Topic] == @new ? Hypernym : old.Topic == @new.Topic ? Sibling : Unrelated;

    /// <summary>The first sentence of a document, and it again with another subject; null where no question can be
    /// asked.</summary>
    private Document? Pair(Document document, int seed)
    {
        var sentence = document.Ids[..(Array.IndexOf(document.Ids, Language.Lexicon.IdOf(Slot.Stop, 0)) + 1)];
        var places = Language.Places(sentence);
        var noun = places.TakeWhile(p => p.Word.Slot != Slot.Noun).Count();
        var verb = places.TakeWhile(p => p.Word.Slot != Slot.Verb || p.Depth > 0).Count();
        if (verb == places.Count || Language.StemOf(sentence[noun])! is var old && names[old.Topic] == old) return null;
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        var relation = random.Next(3);
        var fitting = known.Where(s => s != old && Relation(old, s) == relation).ToList();
        var subject = fitting[random.Next(fitting.Count)];
        int Form(Place place, int stem) =>
            Language.Lexicon.IdOf(place.Word.Slot, stem, subject.Class, place.Word.Plural);
        int[] second = [.. sentence];
        second[noun] = Form(places[noun], nouns.IndexOf(subject));
        second[verb] = Form(places[verb], places[verb].Word.Stem);
        var latents = document.Sentences[0].Latents;
        return new Document([.. sentence, .. second], [(0, latents), (sentence.Length, latents)]);
    }
}
