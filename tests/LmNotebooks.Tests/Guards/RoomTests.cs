using System.Reflection;
using System.Text.RegularExpressions;
using LmNotebooks.Records;

namespace LmNotebooks.Tests.Guards;

/// <summary>The library's rooms stand in a row, and each uses only those before it.</summary>
public partial class RoomTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static readonly string[] Rooms =
        ["Files", "Languages", "Questions", "Tokens", "Passes", "Models", "Records", "Objectives", "Training", "Measures",
            "Figures", "Strategies", "Experiments", "Lessons", "Classroom", "Charts", "Diagrams", "Practice"];

    [Fact]
    public void Every_source_file_stands_in_a_room_and_says_so_in_its_namespace() => Assert.All(Sources.Paths, path =>
    {
        var room = path.Split('/')[0];
        Assert.Contains(room, Rooms);
        Assert.Contains($"namespace LmNotebooks.{room};", Sources.Read(path));
    });

    [Fact]
    public void No_source_file_names_a_room_below_its_own() => Assert.All(Sources.Paths, path =>
    {
        foreach (Match named in RoomName().Matches(Sources.Read(path)))
            Assert.True(Array.IndexOf(Rooms, named.Groups[1].Value) <= Array.IndexOf(Rooms, path.Split('/')[0]),
                $"{path} uses {named.Value}");
    });

    [Fact]
    public void No_type_has_a_member_or_a_local_variable_of_a_room_below_its_own() =>
        Assert.All(typeof(Sources).Assembly.GetTypes().Where(t => RoomOf(t) >= 0), type =>
    {
        foreach (var used in Used(type).SelectMany(Parts).Where(u => RoomOf(u) >= 0))
            Assert.True(RoomOf(used) <= RoomOf(type), $"{type.FullName} uses {used.FullName}");
    });

    [Fact]
    public void The_library_knows_neither_the_kernel_nor_the_console()
    {
        Assert.DoesNotContain(typeof(Sources).Assembly.GetReferencedAssemblies(), a => a.Name == "lm");
        Assert.All(Sources.Paths, path => Assert.DoesNotMatch(@"\bConsole\.", Sources.Read(path)));
    }

    private static int RoomOf(Type type) => type.Namespace is { } name && name.StartsWith("LmNotebooks.")
        ? Array.IndexOf(Rooms, name.Split('.')[1]) : -1;

    private static IEnumerable<Type> Used(Type type)
    {
        var methods = type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)).ToList();
        return [
            .. type.GetInterfaces(), .. type.BaseType is { } b ? [b] : Type.EmptyTypes,
            .. type.GetFields(Declared).Select(f => f.FieldType), .. type.GetMethods(Declared)
                .Select(m => m.ReturnType),
            .. methods.SelectMany(m => m.GetParameters()).Select(p => p.ParameterType),
            .. methods.SelectMany(m => m.GetMethodBody()?.LocalVariables ?? []).Select(l => l.LocalType),
        ];
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.GetGenericArguments().SelectMany(Parts).Append(type);

    [GeneratedRegex(@"\bLmNotebooks\.(\w+)")]
    private static partial Regex RoomName();
}
