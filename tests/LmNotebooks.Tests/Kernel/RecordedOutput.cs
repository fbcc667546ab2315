using System.Text;
using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Scripting;
using LmNotebooks.Training;

namespace LmNotebooks.Tests.Kernel;

/// <summary>Remembers what a cell emitted, in order.</summary>
internal sealed class RecordedOutput : IOutput, IProgress<TrainingProgress>
{
    private readonly StringBuilder text = new();
    private readonly TaskCompletionSource<string> awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? expected;

    public List<string> Log { get; } = [];
    public List<TrainingProgress> Trained { get; } = [];
    public int Messages { get; private set; }
    public string Text { get { lock (text) return text.ToString(); } }
    public IProgress<TrainingProgress> Progress => this;

    public void Report(TrainingProgress value) => Trained.Add(value);

    public void Stream(string name, string part)
    {
        lock (text)
        {
            Messages++;
            text.Append(part);
            Log.Add($"{name}: {part}");
            if (expected is not null && text.ToString().Contains(expected)) awaited.TrySetResult(text.ToString());
        }
    }

    public void Display(JsonObject data, string displayId) => Log.Add($"display: {data["text/plain"]}");

    public void Update(JsonObject data, string displayId) => Log.Add($"update: {data["text/plain"]}");

    public void Clear(bool wait) => Log.Add(wait ? "clear, later" : "clear");

    public string ReadLine(string prompt, bool password, CancellationToken token) => Answer(prompt);

    /// <summary>What the person answers.</summary>
    public Func<string, string> Answer { get; init; } = _ => throw new InvalidOperationException("Nobody is there.");

    /// <summary>Ends when the text has come, or fails after ten seconds.</summary>
    public Task<string> UntilAsync(string part)
    {
        lock (text)
        {
            expected = part;
            if (text.ToString().Contains(part)) awaited.TrySetResult(text.ToString());
        }
        return awaited.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
