
namespace LmNotebooks.Tests.Kernel;

public class InterruptTests
{
    private const string Started = "Console.WriteLine(\"started\");\n";
    private readonly CellBench bench = new();

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("while (true) ;")]
    [InlineData("do n++; while (true);")]
    [InlineData("for (;;) if (n < 0) n++; else n--;")]
    [InlineData("foreach (var i in Enumerable.Repeat(0, int.MaxValue)) foreach (var j in Enumerable.Repeat(0, "
        + "int.MaxValue)) n = j;")]
    [InlineData("again: n++; goto again;")]
    [InlineData("while (true) { try { while (true) { } } catch (Exception) { } }")]
    [InlineData("long Fib(long n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);\nFib(100)")]
    [InlineData("async Task<long> Fib(long n) => n < 2 ? n : await Fib(n - 1) + await Fib(n - 2);\nawait Fib(100)")]
    [InlineData("Func<long, long> fib = null;\nfib = n => n < 2 ? n : fib(n - 1) + fib(n - 2);\nfib(100)")]
    [InlineData("class Tree { public int N; Tree Less => new Tree { N = N - 1 }; public int Leaves => N == 0 ? 1 : "
        + "Less.Leaves + Less.Leaves; }\nnew Tree { N = 99 }.Leaves")]
    [InlineData("IEnumerable<int> All() { while (true) yield return 0; }\nAll().Count(i => i > 0)")]
    [InlineData("async IAsyncEnumerable<int> All() { while (true) { await Task.Yield(); yield return 0; } }\nawait "
        + "foreach (var i in All()) n = i;")]
    [InlineData("Parallel.For(0, long.MaxValue, i => { });")]
    [InlineData("await Task.Run(() => { while (true) { } });")]
    public async Task A_cell_that_computes_is_interrupted(string code) => await IsInterruptedAsync(code);

    [Theory]
    [InlineData("Thread.Sleep(-1);")]
    [InlineData("Task.Delay(-1).Wait();")]
    [InlineData("new ManualResetEventSlim().Wait();")]
    [InlineData("new TaskCompletionSource<int>().Task.Result")]
    [InlineData("var sleeper = new Thread(() => Thread.Sleep(-1)) { IsBackground = true "
        + "};\nsleeper.Start();\nsleeper.Join();")]
    [InlineData("await Task.Yield(); Thread.Sleep(-1);")]
    [InlineData("async Task Sleep() { await Task.Yield(); Thread.Sleep(-1); }\nSleep().Wait();")]
    public async Task A_cell_that_blocks_is_interrupted(string code) => await IsInterruptedAsync(code);

    [Theory]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("await new TaskCompletionSource<int>().Task")]
    [InlineData("await new ValueTask(Task.Delay(-1));")]
    [InlineData("async Task Deep() => await Task.Delay(-1);\nawait Task.WhenAll(Deep(), Deep());")]
    [InlineData("$\"{await new TaskCompletionSource<int>().Task:F2}\"")]
    [InlineData("await Task.Delay(-1).ConfigureAwait(false);")]
    [InlineData("await foreach (var i in "
        + "System.Threading.Channels.Channel.CreateUnbounded<int>().Reader.ReadAllAsync()) n = i;")]
    public async Task A_cell_that_awaits_is_interrupted(string code) => await IsInterruptedAsync(code);

    private async Task IsInterruptedAsync(string code)
    {
        await bench.ShowAsync("using System.Threading;\nvar n = 0;");
        var error = (await bench.InterruptAsync("var kept = 5;\n" + Started + code)).Error;
        Assert.Equal(("Interrupted", "The cell was interrupted."), (error?.Name, error?.Message));
        Assert.All(error!.Traceback.Skip(1), line => Assert.StartsWith("   at cell 2, line ", line));
        Assert.Equal("5", await bench.ValueAsync("n = 1;\nkept"));
        Assert.Equal("3", await bench.ValueAsync("var i = 0;\nwhile (i < 3) { i++; await Task.Yield(); }\ni"));
    }

    [Fact]
    public async Task What_a_cell_must_clean_up_is_cleaned_up()
    {
        await bench.InterruptAsync("var log = \"\";\ntry { " + Started
            + "await Task.Delay(-1); }\nfinally { log = \"clean\"; }");
        Assert.Equal("clean", await bench.ValueAsync("log"));
    }

    /// <summary>If the checks did not compile, the cell would run without them, and be given up without its cleaning
    /// up.</summary>
    [Fact]
    public async Task Checks_fit_into_every_kind_of_statement_and_function()
    {
        await bench.ShowAsync("var log = \"\";");
        var error = (await bench.InterruptAsync("""
            using System.Linq.Expressions;
            Expression<Func<int, int>> tree = x => x + 1;
            Func<int, Func<int, int>> add = a => b => a + b;
            ref struct Window { public int X => 3; }
            unsafe { int q = 3; int* p = &q; for (int i = 0; i < 3; i++) *p += 1; log += q; }
            const int K = 3;
            while (true) { const int L = 4; log += L; break; }
            label: ; if (K > 3) goto label;
            switch (K) { case 1: goto case 3; case 3: goto default; default: break; }
            class All
            {
                int v;
                public All() => v = 1;
                ~All() => v = 2;
                public int V { get => v; set => v = value; }
                public int this[int i] => i;
                public static All operator +(All a, All b) => a;
                public static implicit operator int(All a) => a.v;
                public event Action E { add => v++; remove => v--; }
                public ref int Ref() => ref v;
                public void Throw() => throw new Exception();
                public int Get => throw new Exception();
                public async Task A() => await Task.Yield();
                public async ValueTask<int> B() => await Task.FromResult(1);
                public Task D() => Task.CompletedTask;
            }
            record struct Q(int A) { public int B => A; }
            static int Twice(this int x) => 2 * x;
            static T Same<T>(T x) where T : notnull => x;
            async IAsyncEnumerable<int> Three() { for (var i = 0; i < 3; i++) { await Task.Yield(); yield return i; } }
            await foreach (var i in Three()) log += i;
            Action a1 = () => throw new Exception(), a2 = () => Console.Write(""), a3 = delegate { };
            Func<Task> a4 = async () => await Task.Yield();
            Func<Task<int>> a5 = async () => await Task.FromResult(3);
            Func<int> a6 = () => throw new Exception();
            var natural = (int x) => x + 1;
            Delegate any = () => 3;
            await using (var memory = new System.IO.MemoryStream()) { lock (memory) { using var other = memory; } }
            log += $"{await Task.FromResult(2.5):F2} {new[] { 1, 2 }.Sum(x => x.Twice())}{tree}";
            log += new All().V + new All()[1] + Same(add(1)(2)) + await a5() + await new All().B();
            try { Console.WriteLine("started"); await Task.Delay(-1); }
            finally { log += " clean"; }
            """)).Error;
        Assert.Equal("Interrupted", error?.Name);
        Assert.Equal("640122.50 6x => (x + 1)9 clean", await bench.ValueAsync("log"));
    }

    [Fact]
    public async Task The_place_where_the_cell_was_is_told()
    {
        const string Wait = "void Wait()\n{\n    System.Threading.Thread.Sleep(-1);\n}\n";
        var error = (await bench.InterruptAsync(Wait + Started + "Wait();")).Error;
        Assert.Equal(["Interrupted: The cell was interrupted.", "   at cell 1, line 3", "   at cell 1, line 6"],
            error?.Traceback);
    }

    [Fact]
    public async Task A_cell_that_is_cancelled_before_it_begins_does_not_run()
    {
        await bench.ShowAsync("var x = 1;");
        var result = await bench.RunAsync("x = 2;", new CancellationToken(canceled: true));
        Assert.Equal("Interrupted", result.Error?.Name);
        Assert.Equal("1", await bench.ValueAsync("x"));
    }

    [Fact]
    public async Task A_background_task_of_an_earlier_cell_goes_on()
    {
        await bench.ShowAsync("""
            using System.Threading;
            var go = false;
            var task = Task.Run(async () => { while (!Volatile.Read(ref go)) await Task.Delay(1); return 7; });
            """);
        await bench.InterruptAsync(Started + "while (true) { }");
        Assert.Equal("7", await bench.ValueAsync("go = true;\nawait task"));
    }

    [Fact]
    public async Task A_call_that_cannot_be_interrupted_is_told_about_and_ends_when_it_ends()
    {
        Uninterruptible.Over = false;
        await bench.ShowAsync("#r \"LmNotebooks.Tests.dll\"\nusing LmNotebooks.Tests.Kernel;\nvar after = false;");
        var interrupted = bench.InterruptAsync(Started + "Uninterruptible.Call();\nafter = true;");
        await bench.Output.UntilAsync("cannot be interrupted");
        Assert.False(interrupted.IsCompleted);
        Uninterruptible.Over = true;
        await interrupted;
        Assert.Contains("stderr: The cell is in a call that cannot be interrupted: it ends when that call ends; if it "
            + "does not, restart the kernel.\n", bench.Output.Log);
        Assert.Equal("True", await bench.ValueAsync("after"));
    }

    [Fact]
    public async Task Waiting_for_an_asynchronous_function_of_the_cell_does_not_deadlock() =>
        Assert.Equal("3", await bench.ValueAsync(
            "async Task<int> Three() { await Task.Yield(); await Task.Delay(1); return 3; }\nawait "
                + "Task.Yield();\nThree().Result"));

    [Theory]
    [InlineData("int F(int n) => F(n + 1) + 1;\nF(0)")]
    [InlineData("int F(int n) { return F(n + 1) + 1; }\nawait Task.Yield();\nF(0)")]
    [InlineData("class A { public int Size => Size + 1; }\nnew A().Size")]
    [InlineData("Func<int, int> f = null;\nf = n => f(n + 1) + 1;\nf(0)")]
    public async Task A_recursion_without_end_is_an_error_of_the_cell(string code)
    {
        var error = await bench.ErrorAsync(code);
        Assert.Equal("InsufficientExecutionStackException", error.Name);
        Assert.InRange(error.Traceback.Count, 3, 50);
        Assert.Equal("1", await bench.ValueAsync("1"));
    }

    [Fact]
    public async Task A_recursion_of_fifty_thousand_calls_has_room() =>
        Assert.Equal("50000",
            await bench.ValueAsync("int Depth(int n) => n == 0 ? 0 : 1 + Depth(n - 1);\nDepth(50_000)"));

    [Theory]
    [InlineData("async void Fail() { await Task.Yield(); throw new Exception(\"lost\"); }\nFail();")]
    [InlineData("new System.Threading.Thread(() => throw new Exception(\"lost\")).Start();")]
    [InlineData("System.Threading.ThreadPool.QueueUserWorkItem(_ => throw new Exception(\"lost\"));")]
    public async Task What_fails_in_the_background_is_told_and_the_process_lives(string code)
    {
        await bench.ShowAsync(code);
        await bench.Output.UntilAsync("Exception: lost\n   at cell 1, line 1");
        Assert.Equal("1", await bench.ValueAsync("1"));
    }
}

/// <summary>Code without checks, as in a native library.</summary>
public static class Uninterruptible
{
    public static volatile bool Over;

    public static void Call()
    {
        while (!Over) Thread.SpinWait(100);
    }
}
