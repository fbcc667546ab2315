using System.Text.Json.Nodes;
using LmNotebooks.Training;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Where everything goes that a cell emits while it runs, and, from its background tasks, afterwards. A session calls it from
/// any thread, one call at a time for each cell; an implementation must not run cells from inside a call.</summary>
public interface IOutput
{
    /// <summary>Progress of training runs that the cell started.</summary>
    IProgress<TrainingProgress> Progress { get; }

    /// <summary>Text for <c>stdout</c> or <c>stderr</c>, in the order in which it was written.</summary>
    void Stream(string name, string text);

    /// <summary>A displayed mime bundle. The id names it for later updates.</summary>
    void Display(JsonObject data, string displayId);

    /// <summary>Replaces the data of everything displayed under this id.</summary>
    void Update(JsonObject data, string displayId);
}
