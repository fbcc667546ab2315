using System.Reflection;
using LmNotebooks.Experiments;
using LmNotebooks.Records;

namespace LmNotebooks.Lessons;

/// <summary>The experiments of the course. Each has a file of its own, with a class that ends in Experiment and has a
/// static property Definition; it is found by that.</summary>
public static class Course
{
    public static IReadOnlyList<Experiment> All { get; } =
    [
        .. typeof(Course).Assembly.GetTypes().Select(t =>
            t.GetProperty("Definition", BindingFlags.Public | BindingFlags.Static))
            .Where(p => p?.PropertyType == typeof(Experiment)).Select(p => ((Experiment)p!.GetValue(null)!).Checked())
                .OrderBy(e => e.Name, StringComparer.Ordinal),
    ];

    /// <summary>The numbers of the experiments, from the kit's own records.</summary>
    public static Quantities Quantities => new(RunStore.Committed, All);

    /// <exception cref="ArgumentException">There is no experiment of that name.</exception>
    public static Experiment Named(string name) => All.FirstOrDefault(e => e.Name == name)
        ?? throw new ArgumentException($"There is no experiment '{name}': it is one of "
            + $"{string.Join(", ", All.Select(e => e.Name))}.");
}
