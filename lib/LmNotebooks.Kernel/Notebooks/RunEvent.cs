using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LmNotebooks.Training;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>What happens while a notebook is executed, in order. Cells are numbered from 1, code cells only.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(CellStarted), "started")]
[JsonDerivedType(typeof(CellEmitted), "output")]
[JsonDerivedType(typeof(DisplayUpdated), "update")]
[JsonDerivedType(typeof(CellCleared), "cleared")]
[JsonDerivedType(typeof(CellTrained), "training")]
[JsonDerivedType(typeof(CellEnded), "ended")]
[JsonDerivedType(typeof(RunEnded), "done")]
public abstract record RunEvent
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // a diverged run has a loss of NaN
        MaxDepth = 512,
    };

    public string ToLine() => JsonSerializer.Serialize(this, Format);

    /// <exception cref="JsonException">The line was not written by <see cref="ToLine"/>.</exception>
    public static RunEvent Parse(string line) => JsonSerializer.Deserialize<RunEvent>(line, Format)!;
}

public sealed record CellStarted(int Cell, int Cells) : RunEvent;

/// <param name="Output">An nbformat output object.</param>
/// <param name="DisplayId">Its name for later updates.</param>
public sealed record CellEmitted(int Cell, JsonObject Output, string? DisplayId) : RunEvent;

public sealed record DisplayUpdated(string DisplayId, JsonObject Data) : RunEvent;

/// <param name="Wait">Not before the cell's next output.</param>
public sealed record CellCleared(int Cell, bool Wait) : RunEvent;

public sealed record CellTrained(int Cell, TrainingProgress Progress) : RunEvent;

/// <param name="Error">Null if the cell succeeded, or if it failed as its tag <c>raises-exception</c> expects.</param>
public sealed record CellEnded(int Cell, double Seconds, string? Error) : RunEvent;

/// <summary>All cells are done, or one failed.</summary>
public sealed record RunEnded : RunEvent;
