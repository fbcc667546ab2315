using LmNotebooks.Records;

namespace LmNotebooks.Tests.Guards;

/// <summary>The kit is small on purpose: every room has a size, in lines of code without comments, blank lines and using lines.</summary>
public class SizeTests(ITestOutputHelper output)
{
    private const double Tolerance = 1.1;

    private static readonly Dictionary<string, int> Library = new() { ["Languages"] = 950, ["Models"] = 750, ["Strategies"] = 600, ["Experiments"] = 575 };
    private static readonly Dictionary<string, int> Kernel = new() { ["Scripting"] = 1000, ["Jupyter"] = 800, ["Notebooks"] = 700, ["Commands"] = 1000 };
    private const int OtherRoom = 500, WholeLibrary = 6000, Strategy = 40;

    [Fact]
    public void No_room_is_larger_than_it_may_be()
    {
        var rooms = RoomTests.Rooms.Select(room => (Name: room, Lines: Sources.Paths.Where(p => p.StartsWith(room + "/")).Sum(p => Lines(Sources.Read(p))),
            Most: Library.GetValueOrDefault(room, OtherRoom))).ToList();
        var kernel = Path.Combine(Root.Folder, "lib", "LmNotebooks.Kernel");
        var table = rooms.Append(("library", rooms.Sum(r => r.Lines), WholeLibrary)).Concat(Kernel.Select(k =>
            (k.Key, Directory.EnumerateFiles(Path.Combine(kernel, k.Key), "*.cs").Sum(f => Lines(File.ReadAllText(f))), k.Value))).ToList();
        foreach (var (name, lines, most) in table) output.WriteLine($"{name,-12} {lines,5} of {most}");
        Assert.All(table, row => Assert.True(row.Item2 > 0 && row.Item2 <= Tolerance * row.Item3, $"{row.Item1} has {row.Item2} lines of code, and may have {row.Item3}."));
    }

    [Fact]
    public void A_strategy_is_a_short_table() => Assert.All(Sources.Paths.Where(p => p.StartsWith("Strategies/")), path => Assert.InRange(Lines(Sources.Read(path)), 1, Strategy));

    private static int Lines(string source) => Sources.CodeLines(source).Count();
}

/// <summary>The repository that the tests run in.</summary>
internal static class Root
{
    public static string Folder { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "LmNotebooks.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
