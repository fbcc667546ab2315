using System.Security.Cryptography;
using System.Text;
using LmNotebooks.Languages;

namespace LmNotebooks.Tests.Languages;

/// <summary>Records hold numbers of these languages: what is added to a language must leave their documents as they
/// are.</summary>
public class PinnedLanguagesTests
{
    [Theory]
    [InlineData("base", "2ba04b3d9080ff57", "ff7da0aec919a06a")]
    [InlineData("deep", "a56d32b8ca19419e", "513c2379622f769b")]
    [InlineData("tiny", "fcfb159e72fd3546", "35eceaf2dc1d297b")]
    public void A_language_and_its_documents_are_what_they_were(string preset, string hash, string documents)
    {
        var language = Lingua.Preset(preset, 1);
        Assert.Equal($"{hash} {documents}", $"{language.Hash} {Digest(language.Sample(100, 3).Select(d => d.Ids))}");
    }

    [Theory]
    [InlineData("base", "53141362e4fa594a", "918f57a0b2d0ebb3")]
    [InlineData("tiny", "5b880359389c2a2e", "bdd1770c98fbb560")]
    public void A_pair_and_its_translations_are_what_they_were(string preset, string hash, string translations)
    {
        var pair = LinguaPair.Preset(preset, 1);
        var texts = pair.Sample(100, 3).SelectMany(e => new[] { e.Source, e.Target });
        Assert.Equal($"{hash} {translations}", $"{pair.Hash} {Digest(texts)}");
    }

    private static string Digest(IEnumerable<int[]> texts)
    {
        var lines = string.Join('\n', texts.Select(ids => string.Join(' ', ids)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)))[..16];
    }
}
