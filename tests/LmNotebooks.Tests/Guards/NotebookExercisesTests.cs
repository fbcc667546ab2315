using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using LmNotebooks.Kernel.Notebooks;
using LmNotebooks.Practice;

namespace LmNotebooks.Tests.Guards;

/// <summary>The exercises of a notebook are those of the library.</summary>
public partial class NotebookExercisesTests
{
    /// <summary>Notebooks of the course that exist.</summary>
    public static TheoryData<string> Names => new(Exercises.ByNotebook.Keys.Where(name => File.Exists(PathOf(name))));

    private static string PathOf(string name) => Path.Combine(Root.Folder, "notebooks", $"{name}.ipynb");

    /// <summary>Each has a cell of its own that checks it, in the library's order; those to do at home come last, in
    /// this order, too. The text before has its stars, and what a run left there says that nobody has answered
    /// it.</summary>
    [Theory, MemberData(nameof(Names))]
    public void A_notebook_asks_all_its_exercises_in_their_order_and_leaves_them_open(string name)
    {
        var cells = Notebook.Read(PathOf(name)).Cells;
        var (all, here, atHome) = (Exercises.ByNotebook[name].ToList(), new List<string>(), new List<string>());
        for (var at = 0; at < cells.Count; at++)
        {
            if (!cells[at].IsCode || Call().Match(cells[at].Source) is not { Success: true } call) continue;
            var exercise = all.Find(e => e.Name == call.Groups[1].Value);
            Assert.True(exercise is not null, $"{call.Value}: no exercise of {name}");
            var text = cells.Take(at).Where(c => !c.IsCode).Select(c => c.Source).ToList();
            (text.Exists(t => t.Contains("### At home")) ? atHome : here).Add(exercise.Name);
            Assert.Contains($"({new string('★', (int)exercise.Difficulty)})", text[^1]);
            var outputs = cells[at].Json["outputs"]!.AsArray();
            if (outputs.Count > 0) Assert.Contains("○", outputs.ToJsonString(Plain));
        }
        Assert.Equal(all.Select(e => e.Name).Order(), here.Concat(atHome).Order());
        Assert.All([here, atHome], some => Assert.Equal(all.Select(e => e.Name).Where(some.Contains), some));
    }

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [GeneratedRegex(@"Exercises\.(\w+)\.Check\(")]
    private static partial Regex Call();
}
