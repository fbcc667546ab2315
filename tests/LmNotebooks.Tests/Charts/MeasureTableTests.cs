using LmNotebooks.Charts;
using LmNotebooks.Measures;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Tests.Charts;

public class MeasureTableTests
{
    private static readonly MeasureTable Table = MeasureTable.Of(
    [
        new { Arm = "joint <1>", Excess = 0.09149, Of = new Interval(0.5, 0.25, 0.75), Parameters = 1305.5, Seeds = 8 },
        new { Arm = "all", Excess = 2.0, Of = new Interval(0.5, 0.5, 0.5), Parameters = 506.08, Seeds = 1200 },
    ]);

    [Fact]
    public void Numbers_have_the_decimals_that_mean_something_and_intervals_their_ends() =>
        Assert.Equal("""
            Arm        Excess  Of                      Parameters  Seeds
            joint <1>  0.091   0.500 (0.250 to 0.750)  1,306       8
            all        2.000   0.500                   506         1,200
            """.ReplaceLineEndings("\n"), Table.ToString());

    [Fact]
    public void What_is_rounded_to_zero_has_no_sign_and_large_numbers_have_thousands() =>
        Assert.Equal(["0.00", "0.00 (-0.01 to 0.00)", "-0.05", "63,268"], MeasureTable.Of([new
        {
            Number = -0.001, Of = new Interval(-0.001, -0.01, -0.0), Below = -0.05,
            Parameters = new Interval(63268, 63268, 63268),
        }], decimals: 2).Rows[0]);

    [Fact]
    public void A_list_of_numbers_is_one_field() =>
        Assert.Equal(["2", "0.25  0.75"],
            MeasureTable.Of([new { Words = 2, Belief = new[] { 0.25, 0.75 } }], decimals: 2).Rows[0]);

    [Fact]
    public void A_notebook_shows_it_as_a_table_and_as_text()
    {
        Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(typeof(MeasureTable)));
        var html = Formatter.ToDisplayString(Table, "text/html");
        Assert.StartsWith("<table><thead><tr><th>Arm</th><th>Excess</th>", html);
        Assert.Contains("<td>joint &lt;1&gt;</td><td>0.091</td>", html);
        Assert.Equal(Table.ToString(), Formatter.ToDisplayString(Table, "text/plain"));
    }

    [Fact]
    public void What_has_no_columns_is_refused_in_one_sentence() =>
        Assert.Equal("A row of type String has no columns: make it an anonymous object, new { Name = value }.",
            Assert.Throws<ArgumentException>(() => MeasureTable.Of(["a"])).Message);
}
