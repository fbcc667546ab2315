using LmNotebooks.Languages;
using LmNotebooks.Tokens;

namespace LmNotebooks.Tests.Tokens;

public class PiecesTests
{
    private static readonly Lingua Language = Lingua.Preset("base", 3);
    private static readonly Pieces OfLanguage = Pieces.Of(Language.Words, Morphology.Segment);

    [Fact]
    public void Pieces_that_are_the_same_text_are_one_and_they_are_numbered_as_they_come()
    {
        var pieces = Pieces.Of(["walk-ed", "walk", "talk-ed", "walk-walk"], word => word.Split('-'));
        Assert.Equal([[0, 1], [0], [2, 1], [0, 0]], pieces.OfToken);
        Assert.Equal(3, pieces.Count);
    }

    [Fact]
    public void As_a_table_rows_of_fewer_pieces_are_filled_up() =>
        Assert.Equal(new long[,] { { 4, -1, -1 }, { 0, 1, 2 }, { 3, 3, -1 } }, new Pieces([[4], [0, 1, 2], [3, 3]], 5)
            .Padded());

    [Fact]
    public void The_forms_of_a_stem_have_the_piece_of_that_stem_in_common_and_other_words_do_not_have_it()
    {
        var stems = Language.Words.Select(word => Morphology.Segment(word)[0]).ToList();
        Assert.Contains(stems.CountBy(stem => stem), group => group.Value > 1);
        for (var a = 0; a < stems.Count; a++)
            for (var b = 0; b < stems.Count; b++)
                Assert.Equal(stems[a] == stems[b], OfLanguage.OfToken[a][0] == OfLanguage.OfToken[b][0]);
    }

    [Fact]
    public void From_the_pieces_of_a_language_its_words_can_be_spelled_again()
    {
        var texts = Language.Words.SelectMany(Morphology.Segment).Distinct().ToList();
        Assert.Equal(OfLanguage.Count, texts.Count);
        Assert.Equal(Language.Words, OfLanguage.OfToken.Select(pieces =>
            string.Concat(pieces.Select(piece => texts[piece]))));
        Assert.True(OfLanguage.Count < Language.Vocabulary);
    }

    [Fact]
    public void Data_of_a_language_know_the_pieces_of_its_words_and_other_data_know_none()
    {
        var data = Dataset.Of(Language, 500, 3, 1);
        Assert.Equal(OfLanguage.OfToken, data.Pieces!.OfToken);
        Assert.Equal(data.Vocabulary, data.Pieces.OfToken.Count);
        Assert.Null(Small.Data.Pieces);
        Assert.Null(Dataset.Of(LinguaPair.Preset("tiny", 1), 500, 3, 1).Pieces);
    }
}
