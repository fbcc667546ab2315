using System.Text.RegularExpressions;
using LmNotebooks.Languages;

namespace LmNotebooks.Tests.Languages;

/// <summary>Translation a second time, by rules that rewrite a sentence from its innermost phrases outwards, and every
/// choice of order, senses and words written down. Slow and obvious; what the library computes is tested against
/// it.</summary>
/// <param name="third">Whether the target is the third language.</param>
internal sealed partial class PairEnumeration(LinguaPair pair, bool third = false)
{
    private const string Noun = "(D[^ ]+ (?:(?:X[^ ]+ )?J[^ ]+ )*N[^ ]+)";

    private static readonly Dictionary<Slot, string> Tags = new()
    {
        [Slot.Determiner] = "D", [Slot.Negation] = "X", [Slot.Adjective] = "J", [Slot.Noun] = "N",
            [Slot.Preposition] = "P",
        [Slot.Relative] = "R", [Slot.Verb] = "V", [Slot.Adverb] = "M", [Slot.Stop] = "S",
    };

    private readonly ILookup<(string, Case), TargetWord> words =
        Enumerable.Range(2, pair.Vocabulary - 2).Select(id => pair.WordOf(id)!).ToLookup(w => (w.Source.Text, w.Case));

    /// <summary>P(translation | a document, topic) of all translations, for all topics.</summary>
    public Dictionary<string, double[]> Translations(int[] document)
    {
        var all = new Dictionary<string, double[]> { [""] = [.. Enumerable.Repeat(1.0, pair.Knobs.Source.Topics)] };
        foreach (var sentence in string.Join(' ', document.Select(id => pair.Source.WordOf(id)!)
            .Select(w => Tags[w.Slot] + w.Text)).Split("S.").SkipLast(1))
        {
            var longer = new Dictionary<string, double[]>();
            foreach (var (places, p) in Orders(sentence.Trim()))
                foreach (var (before, given) in all)
                    foreach (var (text, inTopic) in Choices(places.Split(' '), before, given))
                    {
                        var sum = longer.TryGetValue(text, out var other) ? other
                            : longer[text] = new double[given.Length];
                        for (var topic = 0; topic < sum.Length; topic++) sum[topic] += p * inTopic[topic];
                    }
            all = longer;
        }
        return all;
    }

    /// <summary>The places of a sentence in every order: "word" or, of a noun, "word/case".</summary>
    private IEnumerable<(string Places, double P)> Orders(string sentence)
    {
        var phrases = new List<string>();   // with "?" for the case, which the phrase around it knows
        string Keep(string phrase) { phrases.Add(phrase); return $"@{phrases.Count - 1}"; }
        string In(string phrase, Case @case) => phrases[int.Parse(phrase)].Replace("?", @case.ToString());
        for (var last = ""; last != sentence;)
        {
            last = sentence;
            sentence = Bare().Replace(sentence, m => Keep(Mirror(m.Groups[1].Value)));
            sentence = Prepositional().Replace(sentence, m =>
            {
                var (outer, inner) = (Mirror(m.Groups[1].Value), In(m.Groups[3].Value, Case.Oblique));
                return Keep(third ? $"{outer} {m.Groups[2].Value} {inner}" : $"{outer} {inner} {m.Groups[2].Value}");
            });
            sentence = Relative().Replace(sentence, m =>
            {
                var (outer, inner) = (Mirror(m.Groups[1].Value), In(m.Groups[2].Value, Case.Nominative));
                var verb = m.Groups[3].Value;
                return Keep(third ? $"{outer} that {verb} {inner}" : $"{outer} that {inner} {verb}");
            });
        }
        var parts = Whole().Match(sentence).Groups;
        var (s, v, o) = (In(parts[1].Value, Case.Nominative), parts[2].Value, parts[3].Success
            ? In(parts[3].Value, Case.Accusative) : "");
        var k = pair.Knobs.Scrambling;
        foreach (var order in new[] { $"{s} {o} {v}", $"{s} {v} {o}", $"{o} {s} {v}", $"{o} {v} {s}", $"{v} {s} {o}",
            $"{v} {o} {s}" })
            yield return (string.Join(' ', $"{parts[4].Value} {order} .".Split(' ',
                StringSplitOptions.RemoveEmptyEntries)),
                order == (third ? $"{v} {s} {o}" : $"{s} {o} {v}") ? 1 - k : k / 5);
    }

    /// <summary>"the not good cat" is "cat good not": from the noun backwards, without "the"; in the third language it
    /// stays so.</summary>
    private string Mirror(string phrase)
    {
        var words = phrase.Split(' ');
        var said = third ? words : words.Reverse().Where(w => w != "Dthe");
        return string.Join(' ', said.Select(w => w[0] == 'N' ? w[1..] + "/?" : w[1..]));
    }

    private IEnumerable<(string Text, double[] P)> Choices(string[] places, string before, double[] given)
    {
        if (places.Length == 0) return [(before, given)];
        var place = places[0].Split('/');
        var fitting = words[(place[0], place.Length == 1 ? Case.None : Enum.Parse<Case>(place[1]))].ToList();
        return fitting.SelectMany(word =>
        {
            var synonyms = fitting.Where(w => w.Sense == word.Sense).ToList();
            var share = synonyms.Count == 1 ? 1 : synonyms[0] == word ? 2 / 3.0 : 1 / 3.0;
            return Choices(places[1..], $"{before} {word.Text}".Trim(),
                [.. given.Select((p, topic) => p * share * Sense(word, topic))]);
        });
    }

    private double Sense(TargetWord word, int topic)
    {
        if (word.Sense == 0) return 1;
        var own = pair.Source.Stems.Where(s => s.Slot == word.Source.Slot).ElementAt(word.Source.Stem).Topic == topic;
        return own == (word.Sense == 1) ? pair.Knobs.SenseClarity : 1 - pair.Knobs.SenseClarity;
    }

    [GeneratedRegex(Noun + "(?= [^PR]|$)")]
    private static partial Regex Bare();

    [GeneratedRegex(Noun + @" P([^ ]+) @(\d+)")]
    private static partial Regex Prepositional();

    [GeneratedRegex(Noun + @" R[^ ]+ @(\d+) V([^ ]+)")]
    private static partial Regex Relative();

    [GeneratedRegex(@"^@(\d+) V([^ ]+)(?: @(\d+))?(?: M(.+))?$")]
    private static partial Regex Whole();
}
