namespace LmNotebooks.Tests.Kernel;

/// <summary>What runs in a flow of which nobody knows the cell belongs to the cell that began last, in the whole
/// process.</summary>
[Collection(nameof(Alone))]
public class UnknownFlowTests
{
    private readonly CellBench bench = new();

    [Theory]
    [InlineData("ThreadPool.UnsafeQueueUserWorkItem(_ => Console.WriteLine(\"said 7\"), null);")]
    [InlineData("new Thread(() => Console.WriteLine(\"said 7\")).UnsafeStart();")]
    [InlineData("using (ExecutionContext.SuppressFlow()) _ = Task.Run(() => Console.WriteLine(\"said 7\"));")]
    public async Task What_it_writes_reaches_the_cell(string code)
    {
        await bench.ShowAsync(code);
        await bench.Output.UntilAsync("said 7");
    }

    [Theory]
    [InlineData("ThreadPool.UnsafeQueueUserWorkItem(_ => throw new Exception(\"lost\"), null);")]
    [InlineData("class Lost { ~Lost() => throw new Exception(\"lost\"); } "
        + "void Make() { for (var i = 0; i < 100; i++) new Lost(); } Make(); GC.Collect();")]
    public async Task What_fails_there_is_told_and_the_process_lives(string code)
    {
        await bench.ShowAsync(code);
        await bench.Output.UntilAsync("Exception: lost\n   at cell 1, line 1");
        Assert.Equal("1", await bench.ValueAsync("1"));
    }
}
