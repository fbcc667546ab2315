using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>The console of one cell: text is collected for at most <see cref="Delay"/>, so that twenty thousand short
/// lines are a handful of messages, and is sent before anything displayed after it.</summary>
internal sealed class CellConsole
{
    private const int Full = 16 * 1024;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);
    private static readonly AsyncLocal<CellConsole?> Flow = new();
    private static readonly Reader Input = new();
    private static readonly Router Out = new("stdout", Console.Out), Error = new("stderr", Console.Error);
    private static volatile CellConsole? latest;

    private readonly IOutput output;
    private readonly CancellationToken token;
    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private readonly Timer timer;
    private string stream = "stdout";

    /// <param name="token">Ends waiting for input.</param>
    public CellConsole(IOutput output, CancellationToken token)
    {
        (this.output, this.token) = (output, token);
        timer = new Timer(_ => Flush());
    }

    static CellConsole()
    {
        ExceptionHandling.SetUnhandledExceptionHandler(Survive);
        DisplayedValues.Begin();
    }

    /// <summary>The console of the cell whose flow of control this is, background tasks included. A flow that nobody
    /// knows, as of a thread started without one, belongs to the cell that began last; null before the first.</summary>
    public static CellConsole? Current => Flow.Value ?? latest;

    /// <summary>Makes this the console of a cell that begins. Input and output are directed here for each cell: an
    /// earlier one may have directed them elsewhere, as <see cref="Console.SetOut"/> and
    /// <see cref="Console.InputEncoding"/> do.</summary>
    public void Begin()
    {
        latest = this;
        Console.SetIn(Input);
        Console.SetOut(Out);
        Console.SetError(Error);
    }

    /// <summary>Makes this the console of the calling flow, and of all tasks that it starts from here on.</summary>
    public void Enter() => Flow.Value = this;

    public void Display(JsonObject data, string displayId) => SendAfterText(() => output.Display(data, displayId));

    public void Update(JsonObject data, string displayId) => SendAfterText(() => output.Update(data, displayId));

    public void Clear(bool wait) => SendAfterText(() => output.Clear(wait));

    /// <summary>Asks the person. Background tasks may write meanwhile.</summary>
    public string ReadLine(string prompt, bool password)
    {
        Flush();
        return output.ReadLine(prompt, password, token);
    }

    /// <summary>Sends what is collected.</summary>
    public void Flush()
    {
        lock (gate)
        {
            if (text.Length == 0) return;
            output.Stream(stream, text.ToString());
            text.Clear();
        }
    }

    /// <summary>Tells of something that failed in the background of the cell.</summary>
    public void Fail(Exception e)
    {
        Write("stderr", string.Join("\n", Errors.Of(e).Traceback) + "\n");
        Flush();
    }

    public void Write(string name, ReadOnlySpan<char> part)
    {
        if (part.IsEmpty) return;
        lock (gate)
        {
            if (name != stream) Flush();
            stream = name;
            if (text.Length == 0) timer.Change(Delay, Timeout.InfiniteTimeSpan);
            text.Append(part);
            if (text.Length >= Full) Flush();
        }
    }

    /// <summary>What escapes from a thread that a cell started, or from a finalizer of a cell, is told in the cell, and
    /// the process lives.</summary>
    private static bool Survive(Exception e)
    {
        if ((Flow.Value ?? (Errors.IsOfCell(e) ? latest : null)) is not { } cell) return false;
        cell.Fail(e);
        return true;
    }

    private void SendAfterText(Action send)
    {
        lock (gate)
        {
            Flush();
            send();
        }
    }

    /// <summary>Writes to the cell that the caller belongs to, outside of cells to the process's own stream.</summary>
    private sealed class Router(string name, TextWriter own) : TextWriter
    {
        public override Encoding Encoding => own.Encoding;

        public override void Write(char value) => Write([value]);

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(ReadOnlySpan<char> buffer)
        {
            if (Current is { } cell) cell.Write(name, buffer);
            else own.Write(buffer);
        }

        public override void Flush() => (Current is null ? own : Null).Flush();
    }

    /// <summary>Reads from the person at the cell that the caller belongs to, outside of cells from the process's own
    /// input.</summary>
    private sealed class Reader : TextReader
    {
        /// <summary>Opened when it is needed: opening <c>Console.In</c> changes the settings of a terminal.</summary>
        private readonly Lazy<StreamReader> own = new(() => new StreamReader(Console.OpenStandardInput()));

        /// <summary>What is left of a line that is read letter by letter.</summary>
        private string rest = "";

        public override string? ReadLine()
        {
            if (Current is not { } cell) return own.Value.ReadLine();
            var line = rest.Length > 0 ? rest[..^1] : cell.ReadLine("", password: false);
            rest = "";
            return line;
        }

        public override int Read()
        {
            if (Current is not { } cell) return own.Value.Read();
            if (rest.Length == 0) rest = cell.ReadLine("", password: false) + "\n";
            var letter = rest[0];
            rest = rest[1..];
            return letter;
        }
    }
}
