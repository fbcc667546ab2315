using LmNotebooks.Languages;

namespace LmNotebooks.Tests.Languages;

/// <summary>The language a second time, written from its rules top down instead of as an automaton: every derivation of
/// one sentence with its probability, given the latents. Slow and obvious; what the library computes is tested against
/// it.</summary>
internal sealed class Enumeration(Lingua language)
{
    private static readonly string[] Topics = ["animal", "tool", "plant", "place"];
    private readonly LinguaKnobs k = language.Knobs;
    private readonly Dictionary<(Slot, Latents, int), IReadOnlyList<Piece>> words = [];

    /// <summary>A piece of a derivation: its words, its probability, and what the next piece must know.</summary>
    private readonly record struct Piece(string Text, double P, int Class = 0, bool Plural = false)
    {
        public Piece Then(Piece next) => new($"{Text} {next.Text}".Trim(), P * next.P, Class, Plural);
    }

    public static IEnumerable<Latents> AllLatents(LinguaKnobs k) =>
        from t in Enumerable.Range(0, k.Topics) from s in new[] { -1, 1 } from g in new[] { -1, 1 }
            from i in Enumerable.Range(0, k.Intents)
        select new Latents(t, s, g, i);

    /// <summary>S -> NP V (NP | nothing) (Adv | nothing) (prompt | nothing) "." | definition</summary>
    public IEnumerable<(string Text, double P)> Sentences(Latents z) => Statements(z).Concat(Definitions(z));

    private IEnumerable<(string Text, double P)> Statements(Latents z) =>
        from subject in NounPhrase(z, 0)
        from verb in Verb(z, subject.Class, subject.Plural)
        from rest in Objects(z).Append(new Piece("", k.Intransitive))
        from adverb in Words(Slot.Adverb, z, 0).Select(a => a with { P = a.P * k.Adverb })
            .Append(new Piece("", 1 - k.Adverb))
        from end in Ends(z)
        let sentence = subject.Then(verb).Then(rest).Then(adverb).Then(end)
        where sentence.P > 0
        select (sentence.Text, sentence.P * (1 - k.Definition));

    /// <summary>The sentence's end, which may say the topic or the polarity.</summary>
    private Piece[] Ends(Latents z)
    {
        var said = k.Leakage switch { 0 => 0, 1 => z.Topic < k.Topics / 2 ? k.Prompt : 0, _ => k.Prompt };
        var (about, mood) = ($"about {Topics[z.Topic]} .", $"mood {(z.Polarity > 0 ? "good" : "awful")} .");
        return [new(".", 1 - 2 * said), new(about, said), new(mood, said)];
    }

    /// <summary>Nouns that are explained are defined as often as they are said elsewhere.</summary>
    private IEnumerable<(string Text, double P)> Definitions(Latents z)
    {
        if (k.Definition == 0) return [];
        var nouns = language.Stems.Where(s => s.Slot == Slot.Noun)
            .Zip(Words(Slot.Noun, z, 0), (stem, piece) => (Stem: stem, piece.P))
            .Where(n => language.Explained.Contains(n.Stem)).ToList();
        var sum = nouns.Sum(n => n.P);
        return nouns.Select(n => (Definition(n.Stem), k.Definition * n.P / sum));
    }

    public static string Definition(Stem noun) =>
        $"a {noun.Form} is a {(noun.Valence < 0 ? "awful" : noun.Valence > 0 ? "good" : "neutral")} "
        + $"{(noun.Register > 0 ? "polite" : "casual")} class-{"aeiouy"[noun.Class]} {Topics[noun.Topic]} .";

    private IEnumerable<Piece> Objects(Latents z) =>
        k.Intransitive == 1 ? [] : NounPhrase(z, 0).Select(o => o with { P = o.P * (1 - k.Intransitive) });

    private IEnumerable<Piece> NounPhrase(Latents z, int depth) =>
        from determiner in new[] { new Piece("the", 0.5), new Piece("some", 0.5) }
        from modifiers in Modifiers(z, 2)
        from noun in Nouns(z, modifiers.Class)
        from after in After(z, depth)
        let phrase = determiner.Then(modifiers).Then(noun).Then(after)
        select phrase with { Class = noun.Class, Plural = noun.Plural };

    /// <summary>Up to two adjectives, each perhaps negated; Class is the noun context: the last one's preferred class
    /// plus one.</summary>
    private IEnumerable<Piece> Modifiers(Latents z, int left)
    {
        yield return new Piece("", left == 0 ? 1 : 1 - k.Adjective - k.Negation);
        if (left == 0) yield break;
        foreach (var (not, p, turned) in new[] { ("", k.Adjective, z),
            ("not ", k.Negation, z with { Polarity = -z.Polarity }) }.Where(m => m.Item2 > 0))
            foreach (var adjective in Words(Slot.Adjective, turned, 0))
                foreach (var rest in Modifiers(z, left - 1))
                    yield return new Piece($"{not}{adjective.Text} {rest.Text}".Trim(), p * adjective.P * rest.P,
                        rest.Text == "" ? adjective.Class + 1 : rest.Class);
    }

    private IEnumerable<Piece> Nouns(Latents z, int context) =>
        from noun in Words(Slot.Noun, z, context)
        from plural in k.Plural > 0 ? new[] { false, true } : [false]
        select new Piece(noun.Text + (plural ? "i" : ""), noun.P * (plural ? k.Plural : 1 - k.Plural), noun.Class,
            plural);

    private IEnumerable<Piece> After(Latents z, int depth)
    {
        if (depth == k.Depth) return [new Piece("", 1)];
        var prepositional =
            from preposition in k.Prepositional > 0 ? new[] { "near", "with", "under" } : []
            from phrase in NounPhrase(z, depth + 1)
            select new Piece($"{preposition} {phrase.Text}", k.Prepositional / 3 * phrase.P);
        var relative =
            from subject in NounPhrase(z, depth + 1)
            from verb in Verb(z, subject.Class, subject.Plural)
            select new Piece($"that {subject.Text} {verb.Text}", k.Relative * subject.P * verb.P);
        return prepositional.Concat(relative).Append(new Piece("", 1 - k.Prepositional - k.Relative));
    }

    private IEnumerable<Piece> Verb(Latents z, int @class, bool plural) =>
        Words(Slot.Verb, z, @class + 1).Select(v => new Piece(v.Text + "aeiouy"[@class] + (plural ? "n" : "t"), v.P));

    /// <summary>Stems with their probabilities by the definition; the text is inflected where the kind has one ending
    /// only.</summary>
    /// <param name="preferred">Class that is preferred, plus one; 0 for none.</param>
    private IReadOnlyList<Piece> Words(Slot slot, Latents z, int preferred)
    {
        if (words.TryGetValue((slot, z, preferred), out var known)) return known;
        var stems = language.Stems.Where(s => s.Slot == slot).ToList();
        var weights = stems.Select(s => language.HeldOut.Contains(s) ? 0 : Math.Pow(s.Rank, -k.Zipf) * Math.Exp(
            k.TopicPull * (s.Topic == z.Topic ? 1 : 0) + k.PolarityPull * s.Valence * z.Polarity + k.RegisterPull
                * s.Register * z.Register
            + k.IntentPull * (s.Intent == z.Intent ? 1 : 0) + k.ClassPull * (s.Class + 1 == preferred ? 1 : 0)))
                .ToList();
        var ending = slot switch { Slot.Adjective => "ic", Slot.Adverb => "ly", _ => "" };
        var sum = weights.Sum();
        return words[(slot, z, preferred)] = [.. stems.Zip(weights, (s, w) =>
            new Piece(s.Form + ending, w / sum, s.Class))];
    }
}
