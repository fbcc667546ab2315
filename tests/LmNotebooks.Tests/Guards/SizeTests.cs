using LmNotebooks.Records;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LmNotebooks.Tests.Guards;

/// <summary>The kit is small on purpose. Size is counted in tokens of C#, since a limit on lines makes lines
/// long.</summary>
public class SizeTests(ITestOutputHelper output)
{
    private const int Library = 240_000, LibraryRoom = 28_000, Kernel = 76_000, KernelRoom = 24_000;
    private const int StrategyLines = 40, Column = 120;

    [Theory]
    [InlineData("LmNotebooks", Library, LibraryRoom)]
    [InlineData("LmNotebooks.Kernel", Kernel, KernelRoom)]
    public void No_room_is_larger_than_it_may_be(string project, int most, int mostOfRoom)
    {
        var rooms = Directory.GetDirectories(Path.Combine(Root.Folder, "lib", project))
            .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"))
            .Select(folder => new Room(Path.GetFileName(folder), Directory.GetFiles(folder, "*.cs")))
            .OrderBy(room => room.Name, StringComparer.Ordinal).ToList();
        var all = rooms.Sum(room => room.Tokens);
        output.WriteLine($"{"room",-14}{"tokens",8}{"files",8}{"widest line",14}{$"lines over {Column}",18}");
        rooms.ForEach(room => output.WriteLine($"{room}"));
        output.WriteLine($"{project}: {all} tokens of {most}");
        Assert.InRange(all, 1, most);
        Assert.All(rooms, room => Assert.InRange(room.Tokens, 1, mostOfRoom));
    }

    [Theory, InlineData("LmNotebooks"), InlineData("LmNotebooks.Kernel")]
    public void No_line_of_code_is_wider_than_it_may_be(string project) => Assert.Empty(
        from path in Directory.GetFiles(Path.Combine(Root.Folder, "lib", project), "*.cs", SearchOption.AllDirectories)
        where !path.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj")
        let text = SourceText.From(File.ReadAllText(path))
        from line in text.Lines
        where line.Span.Length > Column && !IsInLiteral(text, line.Start)
        select $"{path}:{line.LineNumber + 1}");

    /// <summary>A line of a text that goes over several lines is as wide as what it says.</summary>
    private static bool IsInLiteral(SourceText text, int position)
    {
        var token = CSharpSyntaxTree.ParseText(text).GetRoot().FindToken(position);
        return token.SpanStart < position && token.Span.End > position && token.Text.Contains('\n');
    }

    [Fact]
    public void A_strategy_is_a_short_table() => Assert.All(
        Sources.Paths.Where(p => p.StartsWith("Strategies/")),
        path => Assert.InRange(Sources.CodeLines(Sources.Read(path)).Count(), 1, StrategyLines));

    private sealed class Room(string name, IReadOnlyList<string> files)
    {
        private readonly IReadOnlyList<string> texts = [.. files.Select(File.ReadAllText)];

        public string Name => name;

        public int Tokens => field > 0 ? field : field =
            texts.Sum(t => CSharpSyntaxTree.ParseText(t).GetRoot().DescendantTokens().Count());

        public override string ToString()
        {
            var widths = texts.SelectMany(t => t.Split('\n')).Select(line => line.TrimEnd('\r').Length).ToList();
            return $"{name,-14}{Tokens,8}{files.Count,8}{widths.Max(),14}{widths.Count(w => w > Column),18}";
        }
    }
}

/// <summary>The repository that the tests run in.</summary>
internal static class Root
{
    public static string Folder { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "LmNotebooks.sln")) ? folder
        : Find(Path.GetDirectoryName(folder)!);
}
