using System.Globalization;
using LmNotebooks.Classroom;
using LmNotebooks.Experiments;
using LmNotebooks.Tests.Experiments;

namespace LmNotebooks.Tests.Classroom;

public sealed class BoundNumbersTests : IDisposable
{
    private const string Right =
        "It costs **0.020<!--=sharing/price/difference:F3-->** nats, of which 4 %<!--=sharing/price/margin:P0--> is "
        + "the margin: "
        + "equal<!--=sharing/price/verdict-->.";

    private readonly Small.Folder folder = new();
    private readonly Quantities quantities;

    public BoundNumbersTests() => quantities = Study.Kept(folder.File("store"), Study.Records());

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Numbers_that_the_records_have_are_current() =>
        Assert.Equal([("0.020", "0.020"), ("4 %", "4 %"), ("equal", "equal")], BoundNumbers.In(Right, quantities)
            .Select(b => (b.Text, b.Now)));

    [Theory]
    [InlineData("0.020", "0.021")]
    [InlineData("0.020", "0.02")]
    [InlineData("0.020", "-0.020")]
    [InlineData("0.020", "")]
    [InlineData("4 %", "4%")]
    [InlineData("4 %", "14 %")]
    [InlineData("equal", "supported")]
    public void Any_other_number_is_not_and_rewriting_mends_it(string right, string wrong)
    {
        var text = Right.Replace(right + "<!--", wrong + "<!--");
        Assert.Equal(wrong, Assert.Single(BoundNumbers.In(text, quantities), b => !b.IsCurrent).Text);
        Assert.Equal(Right, BoundNumbers.Rewrite(text, quantities));
    }

    [Fact]
    public void Numbers_are_written_the_same_whatever_the_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat =
            { NumberDecimalSeparator = ",", PercentSymbol = "pc" } };
        try { Assert.Equal(Right, BoundNumbers.Rewrite(Right, quantities)); }
        finally { CultureInfo.CurrentCulture = culture; }
    }

    [Fact]
    public void Large_numbers_keep_their_groups()
    {
        const string binding = "<!--=sharing/trigram/parameters:N0--> parameters";
        Assert.Equal("1,234" + binding, BoundNumbers.Rewrite("999,999" + binding, quantities));
    }

    [Fact]
    public void Prose_without_bindings_is_left_alone()
    {
        Assert.Empty(BoundNumbers.In("It costs 0.02 nats <!-- a note -->.", quantities));
        Assert.Equal("It costs 0.02 nats <!-- a note -->.",
            BoundNumbers.Rewrite("It costs 0.02 nats <!-- a note -->.", quantities));
    }

    [Theory]
    [InlineData("1<!--=sharing/trigram/cost:F3-->",
        "<!--=sharing/trigram/cost:F3--> cannot be computed. There is no measure of trigram 'cost'")]
    [InlineData("1<!--=sharing/trigram/excess:Q9-->", "<!--=sharing/trigram/excess:Q9--> cannot be computed.")]
    [InlineData("1<!--=sharing/trigram/excess:F3", "A binding is broken")]
    [InlineData("1<!--=-->", "A binding is broken")]
    public void A_binding_that_cannot_be_computed_is_refused(string text, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<FormatException>(() => BoundNumbers.In(text, quantities)).Message);
}
