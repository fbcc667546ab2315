using System.Text.RegularExpressions;

namespace LmNotebooks.Languages;

/// <summary>Words as stem and suffixes. Stems are consonant-vowel-consonant syllables, in a target language after a
/// vowel, and suffixes are of other shapes, so that the form alone says where a stem ends.</summary>
public static partial class Morphology
{
    private const string Syllable = $"[{Lexicon.Consonants}][{Lexicon.Vowels}][{Lexicon.Consonants}]";

    /// <summary>The stem and the suffixes of a word of the source or of the target, in order, "un-" before the stem;
    /// joined they are the word. A function word is one piece.</summary>
    public static string[] Segment(string word) =>
        Form().Match(word) is { Success: true } match && word != "not"
            ? [.. match.Groups.Cast<Group>().Skip(1).SelectMany(g => g.Captures).Select(c => c.Value)] : [word];

    /// <summary>Source: "un-" of adjectives; plural of nouns; class and number of verbs; adjective; adverb. Target: any
    /// suffixes of two letters.</summary>
    [GeneratedRegex($"^(un(?=.*ic$))?([{Lexicon.Vowels}iy]?(?:{Syllable})+)"
        + "(?:(i)|([aeiouy])([nt])|(ic|ly)|([hjwy][aeiouy])*)$")]
    private static partial Regex Form();
}
