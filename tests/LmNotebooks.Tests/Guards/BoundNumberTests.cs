using LmNotebooks.Classroom;
using LmNotebooks.Experiments;
using LmNotebooks.Kernel.Notebooks;
using LmNotebooks.Lessons;

namespace LmNotebooks.Tests.Guards;

/// <summary>Every bound number in the kit's prose is what the committed records say. To mend one, rewrite the text with
/// BoundNumbers.Rewrite.</summary>
public class BoundNumberTests
{
    public static TheoryData<string> Texts =>
        new([Path.Combine(Root.Folder, "README.md"),
            .. Directory.EnumerateFiles(Path.Combine(Root.Folder, "notebooks"), "*.ipynb").Order()]);

    [Theory, MemberData(nameof(Texts))]
    public void Bound_numbers_are_those_of_the_records(string path)
    {
        var prose = path.EndsWith(".md") ? File.ReadAllText(path)
            : string.Join("\n\n", Notebook.Read(path).Cells.Where(c => c.Kind == "markdown").Select(c => c.Source));
        Assert.All(BoundNumbers.In(prose, Course.Quantities),
            bound => Assert.True(bound.IsCurrent, $"{bound.Key} is {bound.Now}, and the text says '{bound.Text}'."));
    }
}
