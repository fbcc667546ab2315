using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using LmNotebooks.Training;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Figures;

/// <summary>The running cell of .NET Interactive, as the host of training runs: they are shown in the cell, and its
/// cancellation stops them. The library does not refer to that engine: it finds the cell by its name.</summary>
internal static class InteractiveCell
{
    private const string Engine = "Microsoft.DotNet.Interactive";

    private static readonly PropertyInfo? Running =
        Type.GetType($"{Engine}.KernelInvocationContext, {Engine}")?.GetProperty("Current");

    private static readonly ConditionalWeakTable<object, RunHost> Hosts = [];

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Rooms before this one look for a host, and cannot name it.")]
    internal static void Begin() => RunHost.Elsewhere =
        () => Running?.GetValue(null) is { } cell ? Hosts.GetValue(cell, HostOf) : null;

    private static RunHost HostOf(object cell)
    {
        DisplayedValue? shown = null;
        var display = new TrainingDisplay(view =>
        {
            if (shown is null) shown = Shown(view);
            else shown.Update(view);
        });
        var token = cell.GetType().GetProperty("CancellationToken")?.GetValue(cell);
        return new RunHost(display, token as CancellationToken? ?? CancellationToken.None) { Rested = display.Rest };
    }

    /// <summary>Displays a view. <c>Display()</c> returns another displayed value than the one that it shows, and
    /// updates of that go nowhere.</summary>
    private static DisplayedValue Shown(TrainingView view)
    {
        DisplayedValue? shown = null;
        using var subscription = Formatter.SubscribeToDisplayedValues(
            value => shown = ReferenceEquals(value.Value, view) ? value : shown);
        var returned = view.Display();
        return shown ?? returned;
    }
}
