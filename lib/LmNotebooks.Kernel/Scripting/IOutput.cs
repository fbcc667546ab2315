using System.Text.Json.Nodes;
using LmNotebooks.Training;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>What surrounds a cell while it runs: where everything goes that it emits, also from its background tasks
/// afterwards, and who answers when it asks. A session calls it from any thread, one call at a time for each cell,
/// except that a cell may show something while <see cref="ReadLine"/> waits; an implementation must not run cells from
/// inside a call.</summary>
public interface IOutput
{
    /// <summary>Progress of training runs that the cell started, for a host that draws it outside of the
    /// cell.</summary>
    IProgress<TrainingProgress> Progress { get; }

    /// <summary>Text for <c>stdout</c> or <c>stderr</c>, in the order in which it was written.</summary>
    void Stream(string name, string text);

    /// <summary>A displayed mime bundle. The id names it for later updates.</summary>
    void Display(JsonObject data, string displayId);

    /// <summary>Replaces the data of everything displayed under this id.</summary>
    void Update(JsonObject data, string displayId);

    /// <summary>Removes what the cell has shown so far; where <paramref name="wait"/>, only when the next output
    /// comes.</summary>
    void Clear(bool wait);

    /// <summary>Asks the person for a line of text.</summary>
    /// <exception cref="InvalidOperationException">Nobody can be asked here; one sentence.</exception>
    /// <exception cref="OperationCanceledException">The cell was interrupted while it waited.</exception>
    string ReadLine(string prompt, bool password, CancellationToken token);
}
