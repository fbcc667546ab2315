namespace LmNotebooks.Tests.Kernel;

/// <summary>A day's work in one session.</summary>
[Collection(nameof(Alone))]
public class ManyCellsTests(ITestOutputHelper log)
{
    // bytes; 90 MB were measured, and 3.4 GB when each cell held the references of all before it
    private const long Ceiling = 200_000_000;

    [Fact]
    public async Task A_thousand_cells_and_a_hundred_classes_stay_small()
    {
        var bench = new CellBench();
        await bench.ShowAsync("1");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 1; i <= 1000; i++)
            await bench.ShowAsync(i % 10 == 0 ? $"class Model {{ public int Size => {i}; }}\nvar model = new Model();"
                : $"var x{i} = {i};");
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        log.WriteLine($"{grown / 1e6:F0} MB");
        Assert.Equal("2000", await bench.ValueAsync("model.Size + x999 + x1"));
        // less than nothing, where earlier tests left garbage
        Assert.True(grown < Ceiling, $"The session grew by {grown / 1e6:F0} MB.");
    }
}
