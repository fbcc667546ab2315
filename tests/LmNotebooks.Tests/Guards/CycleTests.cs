using System.Text.RegularExpressions;
using LmNotebooks.Records;

namespace LmNotebooks.Tests.Guards;

/// <summary>Models can be read from the smallest layer up: each file uses only what can be read before it.</summary>
public partial class CycleTests
{
    private static readonly IReadOnlyDictionary<string, string> Files = Sources.Paths
        .Where(p => p.StartsWith("Models/")).ToDictionary(p => p, p => Comment().Replace(Sources.Read(p), ""));

    private static readonly IReadOnlyDictionary<string, string> Declared = Files
        .SelectMany(f => Declaration().Matches(f.Value), (f, m) => (Type: m.Groups[1].Value, f.Key))
        .ToLookup(d => d.Type, d => d.Key).ToDictionary(d => d.Key, d => d.First());

    public static TheoryData<string> All => new(Files.Keys);

    [Theory, MemberData(nameof(All))]
    public void No_file_of_the_models_uses_itself_by_way_of_others(string path)
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>(Used(path));
        while (open.TryDequeue(out var next))
            if (reached.Add(next))
                foreach (var other in Used(next)) open.Enqueue(other);
        Assert.DoesNotContain(path, reached);
    }

    private static IEnumerable<string> Used(string path) => Name().Matches(Files[path])
        .Select(m => Declared.GetValueOrDefault(m.Value)).OfType<string>().Where(other => other != path).Distinct();

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(?:class|record struct|record|struct|interface|enum) (\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b[A-Z]\w*")]
    private static partial Regex Name();
}
