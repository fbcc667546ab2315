using System.Text;
using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Scripting;
using LmNotebooks.Training;

namespace LmNotebooks.Tests.Kernel;

/// <summary>Remembers what a cell emitted, in order.</summary>
internal sealed class RecordedOutput : IOutput, IProgress<TrainingProgress>
{
    private readonly StringBuilder text = new();
    private readonly List<(string Part, TaskCompletionSource Came)> awaited = [];

    public List<string> Log { get; } = [];
    /// <summary>The bundles displayed, and those they were replaced by.</summary>
    public List<JsonObject> Shown { get; } = [];
    /// <summary>The name of the display of each.</summary>
    public List<string> Ids { get; } = [];
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
            foreach (var (expected, came) in awaited)
                if (text.ToString().Contains(expected)) came.TrySetResult();
        }
    }

    public void Display(JsonObject data, string displayId) => Show("display", data, displayId);

    public void Update(JsonObject data, string displayId) => Show("update", data, displayId);

    public void Clear(bool wait) => Log.Add(wait ? "clear, later" : "clear");

    public string ReadLine(string prompt, bool password, CancellationToken token)
    {
        Log.Add($"ask{(password ? " secretly" : "")}: {prompt}");
        Wait(token);
        token.ThrowIfCancellationRequested();
        return Answer(prompt);
    }

    /// <summary>Called with the number of bundles so far, when one was displayed or replaced.</summary>
    public Action<int> OnShown { get; init; } = _ => { };

    /// <summary>What comes before the answer.</summary>
    public Action<CancellationToken> Wait { get; init; } = _ => { };

    /// <summary>What the person answers.</summary>
    public Func<string, string> Answer { get; init; } = _ => throw new InvalidOperationException("Nobody is there.");

    private void Show(string how, JsonObject data, string displayId)
    {
        Shown.Add(data);
        Ids.Add(displayId);
        Log.Add($"{how}: {data["text/plain"]}");
        OnShown(Shown.Count);
    }

    /// <summary>Ends when the text has come, or fails when it does not come.</summary>
    public Task UntilAsync(string part)
    {
        lock (text)
        {
            if (text.ToString().Contains(part)) return Task.CompletedTask;
            awaited.Add((part, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
            return awaited[^1].Came.Task.WaitAsync(Patience.Event);
        }
    }
}
