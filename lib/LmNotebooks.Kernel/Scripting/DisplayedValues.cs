using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Shows in the cell what cells and libraries display through <c>x.Display()</c> of
/// Microsoft.DotNet.Interactive.Formatting.</summary>
internal static class DisplayedValues
{
    /// <summary>Where each display is shown, by its mime types. <c>Display()</c> shows one displayed value and returns
    /// another with another id. What both share, and an update keeps, are the strings that are their mime types: each
    /// display gets strings of its own.</summary>
    private static readonly ConditionalWeakTable<string, Place> Places = [];

    public static void Begin()
    {
        // Before Display() asks what a value prefers.
        RuntimeHelpers.RunClassConstructor(typeof(Formatters).TypeHandle);
        Formatter.SubscribeToDisplayedValues(Show);
    }

    private static void Show(DisplayedValue value)
    {
        if (value.IsUpdated && Places.TryGetValue(value.FormattedValues[0].MimeType, out var place))
            (CellConsole.Current ?? place.Cell).Update(MimeBundle.Of(value), place.Id);
        else if (CellConsole.Current is { } cell)
            cell.Display(MimeBundle.Of(value), Mark(value, cell).Id);
        else
            Formatter.WriteToConsole(value);
    }

    private static Place Mark(DisplayedValue value, CellConsole cell)
    {
        var place = new Place(cell, Guid.NewGuid().ToString("N"));
        foreach (var formatted in value.FormattedValues)
        {
            ref var mime = ref MimeType(formatted);
            mime = new string(mime.AsSpan());
            Places.Add(mime, place);
        }
        return place;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<MimeType>k__BackingField")]
    private static extern ref string MimeType(FormattedValue value);

    private sealed record Place(CellConsole Cell, string Id);
}
