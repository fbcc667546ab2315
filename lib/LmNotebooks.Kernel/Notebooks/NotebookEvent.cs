using System.Text.Json;
using System.Text.Json.Serialization;

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
public abstract record NotebookEvent
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // a diverged run has a loss of NaN
        MaxDepth = 512,
    };

    public string ToLine() => JsonSerializer.Serialize(this, Format);

    /// <exception cref="JsonException">The line was not written by <see cref="ToLine"/>.</exception>
    public static NotebookEvent Parse(string line) => JsonSerializer.Deserialize<NotebookEvent>(line, Format)!;
}
