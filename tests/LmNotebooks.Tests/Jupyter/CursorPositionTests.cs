using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LmNotebooks.Kernel.Jupyter;

namespace LmNotebooks.Tests.Jupyter;

public class CursorPositionTests
{
    private static readonly Arbitrary<string> Cells =
        Gen.Elements("a", "B", "_", "7", ".", " ", "\n", "(", ")", "\"", "é", "変", "数", "ℛ", "😀", "👩‍🚀", "𝒳")
        .ListOf().Select(string.Concat).ToArbitrary();

    private static int Points(string text) => text.EnumerateRunes().Count();

    [Property]
    public Property At_the_end_of_a_cell_both_countings_are_understood_and_answered() => Prop.ForAll(Cells, cell =>
    {
        var code = cell + "name.";
        var (units, points) = (CursorPosition.Of(code, code.Length), CursorPosition.Of(code, Points(code)));
        return (units.Index, points.Index) == (code.Length, code.Length)
            && (units.Answer(units.Index), points.Answer(points.Index)) == (code.Length, Points(code));
    });

    [Property]
    public Property Every_position_is_answered_in_the_counting_it_came_in() =>
        Prop.ForAll(Cells, Gen.Choose(-3, 40).ToArbitrary(), (code, position) =>
    {
        var cursor = CursorPosition.Of(code, position);
        var inside = cursor.Index > 0 && cursor.Index < code.Length
            && char.IsSurrogatePair(code[cursor.Index - 1], code[cursor.Index]);
        return cursor.Index >= 0 && cursor.Index <= code.Length && !inside
            && (position < 0 || position > Points(code) || cursor.Answer(cursor.Index) == position);
    });

    [Property]
    public Property Without_astral_characters_there_is_nothing_to_decide() =>
        Prop.ForAll(Cells, Gen.Choose(0, 40).ToArbitrary(), (cell, position) =>
    {
        var code = string.Concat(cell.EnumerateRunes().Where(r => r.IsBmp));
        var cursor = CursorPosition.Of(code, position);
        return cursor.Index == Math.Min(position, code.Length) && cursor.Answer(cursor.Index) == cursor.Index;
    });

    [Theory]
    [InlineData("var s = \"😀\"; s.", 15)]            // code points
    [InlineData("var s = \"😀\"; s.", 16)]            // UTF-16 units
    [InlineData("var s = \"😀変数\"; s.Len", 20)]
    [InlineData("var s = \"😀変数\"; s.Len", 21)]
    public void After_an_emoji_the_cursor_is_at_the_end(string code, int position) =>
        Assert.Equal(code.Length, CursorPosition.Of(code, position).Index);

    [Theory]
    [InlineData("/* 😀 */ s. x", 10, 11)]             // code points: after the dot
    [InlineData("/* 😀 */ s. x", 11, 11)]             // 11 code points would be after the space
    [InlineData("a😀b", 2, 3)]                        // 2 units would be inside of the emoji
    public void Inside_a_cell_the_more_plausible_counting_is_taken(string code, int position, int index) =>
        Assert.Equal(index, CursorPosition.Of(code, position).Index);

    [Theory]
    [InlineData("s.L", 12), InlineData("😀.", 99), InlineData("", 5)]
    public void A_position_beyond_the_end_is_the_end(string code, int position)
    {
        var cursor = CursorPosition.Of(code, position);
        Assert.Equal(code.Length, cursor.Index);
        Assert.Equal(code.Length, cursor.Answer(code.Length));
    }
}
