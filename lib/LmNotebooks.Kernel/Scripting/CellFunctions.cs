namespace LmNotebooks.Kernel.Scripting;

/// <summary>Functions that every cell can call by their bare names, spelt as in other C# notebooks.</summary>
public static class CellFunctions
{
    /// <summary>Shows a value now, without waiting for the end of the cell.</summary>
    /// <returns>A handle that replaces what is shown, also from later cells.</returns>
    /// <exception cref="InvalidOperationException">The caller is not running in a cell.</exception>
    public static DisplayHandle display(object? value)
    {
        var cell = CellConsole.Current ?? throw new InvalidOperationException("display works only inside a notebook cell.");
        var handle = new DisplayHandle(cell);
        cell.Display(MimeBundle.Of(value), handle.Id);
        return handle;
    }
}

/// <summary>Something displayed that can be replaced in place.</summary>
public sealed class DisplayHandle
{
    private readonly CellConsole cell;

    internal DisplayHandle(CellConsole cell) => this.cell = cell;

    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Shows another value in the same place.</summary>
    public void Update(object? value) => (CellConsole.Current ?? cell).Update(MimeBundle.Of(value), Id);
}
