using System.Text;
using FsCheck.Xunit;
using LmNotebooks.Tokens;

namespace LmNotebooks.Tests.Tokens;

public class TokenizersTests
{
    [Property(MaxTest = 300)]
    public bool Byte_ids_are_the_bytes_of_the_text_and_decode_to_it(string? text)
    {
        text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));   // lone surrogates are no text
        var ids = Tokenizers.Bytes().EncodeToIds(text);
        return ids.SequenceEqual(Encoding.UTF8.GetBytes(text).Select(b => (int)b)) && Tokenizers.Bytes()
            .Decode(ids) == text;
    }

    [Fact]
    public void White_space_emoji_and_line_ends_survive_the_byte_tokenizer()
    {
        const string text = " \n\n a\tb\r\n  😀 ä\u00A0\n";
        Assert.Equal(text, Tokenizers.Bytes().Decode(Tokenizers.Bytes().EncodeToIds(text)));
    }

    [Property(MaxTest = 50)]
    public bool The_id_of_a_word_is_its_place(ushort[] picks)
    {
        string[] words = ["<bos>", "<unk>", "da", "dax", "daxi", "ba", "."];
        var ids = picks.Select(p => p % words.Length).ToArray();
        return Tokenizers.Words(words).EncodeToIds(string.Join(' ', ids.Select(i => words[i]))).SequenceEqual(ids);
    }

    [Fact]
    public void A_word_that_is_not_in_the_list_is_unknown_as_a_whole() =>
        Assert.Equal([2, 1, 2], Tokenizers.Words(["<bos>", "<unk>", "dax", "daxi"]).EncodeToIds("dax daxis dax"));

    [Theory]
    [InlineData("a b", "cannot be a word")]
    [InlineData("", "cannot be a word")]
    [InlineData("<unk>", "occurs 2 times")]
    public void A_word_list_that_cannot_work_is_refused_in_one_sentence(string word, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => Tokenizers.Words(["<unk>", word])).Message);
}
