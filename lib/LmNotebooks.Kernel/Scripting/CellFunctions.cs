using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Functions that every cell can call by their bare names, spelt as in other C# notebooks.</summary>
public static class CellFunctions
{
    /// <summary>Shows a value now, without waiting for the end of the cell.</summary>
    /// <returns>A handle that replaces what is shown, also from later cells.</returns>
    /// <exception cref="InvalidOperationException">The caller is not running in a cell.</exception>
    public static DisplayHandle display(object? value) => Show(MimeBundle.Of(value));

    /// <summary>Shows a value as something of these mime types, as <c>text/html</c>. A text is shown as what it is said
    /// to be, as it stands.</summary>
    /// <returns>A handle that replaces what is shown, also from later cells.</returns>
    /// <exception cref="InvalidOperationException">The caller is not running in a cell.</exception>
    public static DisplayHandle display(object? value, params string[] mimeTypes) =>
        Show(MimeBundle.Of(value, mimeTypes));

    /// <summary>Text that is shown as HTML, as it stands.</summary>
    public static object HTML(string content) => new Microsoft.AspNetCore.Html.HtmlString(content);

    /// <summary>Removes what the cell has shown so far; where <paramref name="wait"/>, only when the next output
    /// comes.</summary>
    /// <exception cref="InvalidOperationException">The caller is not running in a cell.</exception>
    public static void clear_output(bool wait = false) => Cell.Clear(wait);

    /// <summary>Asks the person for a line of text.</summary>
    /// <exception cref="InvalidOperationException">Nobody can be asked here, or the caller is not running in a
    /// cell.</exception>
    public static string input(string prompt = "") => Cell.ReadLine(prompt, password: false);

    /// <summary>Asks the person for a line of text that is not shown.</summary>
    /// <exception cref="InvalidOperationException">Nobody can be asked here, or the caller is not running in a
    /// cell.</exception>
    public static string password(string prompt = "") => Cell.ReadLine(prompt, password: true);

    private static DisplayHandle Show(JsonObject bundle)
    {
        var handle = new DisplayHandle(Cell);
        Cell.Display(bundle, handle.Id);
        return handle;
    }

    private static CellConsole Cell => CellConsole.Current
        ?? throw new InvalidOperationException("This works only inside a notebook cell.");
}
