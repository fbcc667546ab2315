namespace LmNotebooks.Kernel.Scripting;

/// <summary>Something displayed that can be replaced in place.</summary>
public sealed class DisplayHandle
{
    private readonly CellConsole cell;

    internal DisplayHandle(CellConsole cell) => this.cell = cell;

    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Shows another value in the same place.</summary>
    public void Update(object? value) => (CellConsole.Current ?? cell).Update(MimeBundle.Of(value), Id);
}
