namespace LmNotebooks.Tests.Kernel;

/// <summary>What cells and libraries show with <c>x.Display()</c>, as in Polyglot Notebooks.</summary>
public class DisplayedValueTests
{
    private readonly CellBench bench = new();

    [Theory]
    [InlineData("3")]
    [InlineData("DayOfWeek.Friday")]
    [InlineData("\"a < b\"")]
    [InlineData("new[] { 1, 2 }")]
    [InlineData("new { A = 1 }")]
    [InlineData("HTML(\"<b>x</b>\")")]
    public async Task It_shows_what_the_last_value_of_a_cell_shows(string value)
    {
        await bench.ShowAsync($"({value}).Display();");
        var last = await bench.ShowAsync(value);
        Assert.Equal(last!.ToJsonString(), Assert.Single(bench.Output.Shown).ToJsonString());
    }

    [Theory]
    [InlineData("3.Display(\"text/html\")", "text/html")]
    [InlineData("\"<b>x</b>\".DisplayAs(\"text/html\")", "text/html")]
    [InlineData("(1, 2).Display(\"application/json\", \"text/plain\")", "application/json text/plain")]
    public async Task It_shows_the_forms_that_it_is_asked_for(string code, string mimes)
    {
        await bench.ShowAsync($"{code};");
        Assert.Equal(mimes, string.Join(' ', Assert.Single(bench.Output.Shown).Select(f => f.Key)));
    }

    [Fact]
    public async Task An_update_replaces_the_display_that_it_belongs_to_also_from_another_cell()
    {
        await bench.ShowAsync("var a = 1.Display();\nvar b = \"x\".DisplayAs(\"text/html\");\nvar c = 2.Display();");
        await bench.ShowAsync("a.Update(10);\nb.Update(\"y\");\na.Update(11);");
        var ids = bench.Output.Ids;
        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal([ids[0], ids[1], ids[2], ids[0], ids[1], ids[0]], ids);
        string[] log = ["display: 1", "display: ", "display: 2", "update: 10", "update: ", "update: 11"];
        Assert.Equal(log, bench.Output.Log);
    }

    [Fact]
    public async Task A_value_displayed_in_the_background_of_a_cell_is_shown_in_that_cell()
    {
        await bench.ShowAsync("var later = Task.Run(() => 1.Display());\nawait later;");
        Assert.Equal("display: 1", Assert.Single(bench.Output.Log));
    }
}
