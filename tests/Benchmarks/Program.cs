using System.CommandLine;
using LmNotebooks.Benchmarks;

var names = new Argument<string[]>("names") { Description = "Which to run; all if none is named.",
    Arity = ArgumentArity.ZeroOrMore };
var repeats = new Option<int>("--repeats") { Description = "How often each pair is measured.",
    DefaultValueFactory = _ => 11 };
var root = new RootCommand($"""
    Measures the kit side by side with others, in turns, and writes out/benchmarks/benchmarks.md and .json.

    {string.Join("\n", Benchmark.All.Select(b => $"  {b.Name,-12}{b.Question}"))}

    The peer is Debian's PyTorch, eager, in a process of its own. Without it, our own numbers alone: {Peer.Install}
    The peer of the kernel is a bare script session of Roslyn.
    """) { names, repeats };
root.SetAction(arguments =>
{
    var chosen = arguments.GetValue(names) is { Length: > 0 } some ? some : [.. Benchmark.All.Select(b => b.Name)];
    if (chosen.FirstOrDefault(name => Benchmark.All.All(b => b.Name != name)) is { } unknown)
    {
        Console.Error.WriteLine($"There is no benchmark '{unknown}': it is one of "
            + $"{string.Join(", ", Benchmark.All.Select(b => b.Name))}.");
        return 2;
    }
    var benchmarks = Benchmark.All.Where(b => chosen.Contains(b.Name)).ToList();
    var compares = benchmarks.Any(b => b.HasPyTorch);
    using var peer = compares ? Peer.TryStart() : null;
    if (compares && peer is null) Console.WriteLine($"PyTorch is not there: {Peer.Install}");
    var report = new Report();
    Console.WriteLine(Report.Header);
    foreach (var benchmark in benchmarks)
        foreach (var row in benchmark.Run(new Duel(peer, arguments.GetValue(repeats))))
        {
            Console.WriteLine(Report.Line(row));
            report.Add(row);
        }
    Console.WriteLine($"\nWritten to {report.Folder}");
    return 0;
});
return root.Parse(args).Invoke();
