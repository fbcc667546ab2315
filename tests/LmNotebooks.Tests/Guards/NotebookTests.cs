using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LmNotebooks.Figures;
using LmNotebooks.Kernel.Notebooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LmNotebooks.Tests.Guards;

/// <summary>What every notebook of the course keeps, and that it runs.</summary>
public partial class NotebookTests
{
    private const string First = "00-start-here.ipynb";
    private const int MostLines = 25, MedianLines = 6, MostBytes = 2_000_000, Notebooks = 13, MostColumns = 100;

    private static readonly string[] Anatomy =
        ["## Set-up", "## The claim", "## The idea", "## The experiment", "## Where it loses", "## Exercises",
            "## Recap"];

    /// <summary>The first notebook tries no method, so it has no claim and no experiment; it sets up, lets predict and
    /// exercises like all others.</summary>
    private static readonly string[] Opening =
    [
        "## Set-up", "## The first chart", "## Five kinds of dependence", "## How the kit works", "## Exercises",
        "## Glossary", "## The course",
    ];

    public static TheoryData<string> All => new(Directory.EnumerateFiles(Path.Combine(Root.Folder, "notebooks"),
        "*.ipynb").Select(p => Path.GetFileName(p)!));

    private static IEnumerable<string> Prose(string name) =>
        Notebook.Read(PathOf(name)).Cells.Where(c => c.Kind == "markdown").SelectMany(c => c.Source.Split('\n'));

    /// <summary>Links to files; no anchors, no addresses of the web.</summary>
    private static IEnumerable<string> Links(IEnumerable<string> lines) =>
        lines.SelectMany(l => Link().Matches(l)).Select(m => m.Groups[1].Value).Where(link => !link.Contains("://"));

    private static string PathOf(string name) => Path.Combine(Root.Folder, "notebooks", name);

    [Theory, MemberData(nameof(All))]
    public async Task It_runs_from_top_to_bottom_at_the_smallest_scale(string name)
    {
        var result = await HeadlessRun.ExecuteAsync(PathOf(name), "Ci", Patience.Notebook, null,
            TestContext.Current.CancellationToken);
        Assert.Null(result.Error);
        Assert.All(result.Notebook.Cells.Where(c => c.IsCode), c => Assert.NotNull(c.Json["execution_count"]));
        Assert.Empty(HtmlPage.Render(result.Notebook, name, Path.GetDirectoryName(PathOf(name))!).Warnings);
    }

    [Theory, MemberData(nameof(All))]
    public void Its_cells_have_ids_of_their_own_as_nbformat_wants_them(string name)
    {
        // As the file has them: reading it as a notebook would mend them.
        var cells = JsonNode.Parse(File.ReadAllText(PathOf(name)))!["cells"]!.AsArray();
        var ids = cells.Select(c => (string)c!["id"]!).ToList();
        Assert.All(ids, id => Assert.Matches("^[A-Za-z0-9_-]{1,64}$", id));
        Assert.Equal(ids.Distinct(), ids);
    }

    [Theory, MemberData(nameof(All))]
    public void It_has_the_sections_of_the_anatomy_in_order(string name)
    {
        var sections = name == First ? Opening : Anatomy;
        var headings = Prose(name).Where(l => l.StartsWith('#')).ToList();
        Assert.StartsWith("# ", headings[0]);
        Assert.Equal(sections, headings.Select(heading => heading.Split(" (")[0]).Where(sections.Contains));
    }

    [Theory, MemberData(nameof(All))]
    public void Its_links_lead_to_files_that_exist(string name) =>
        Assert.All(Links(Prose(name)), link => Assert.True(File.Exists(Path.Combine(Root.Folder, "notebooks", link)),
            $"There is no {link}."));

    [Fact]
    public void The_opening_and_the_readme_lead_to_every_notebook()
    {
        var all = All.Select(row => row.Data).Order().ToList();
        var map = Prose(First).SkipWhile(l => !l.StartsWith(Opening[^1])).Where(l => MapRow().IsMatch(l)).ToList();
        Assert.Equal(all, Links(map).Append(First).Order());
        Assert.Equal(Enumerable.Range(0, Notebooks).Select(n => $"{n:D2}"),
            map.Select(row => MapRow().Match(row).Groups[1].Value));
        Assert.All(map.Skip(1), row => Assert.NotEqual(row.Contains("(to come)"), Links([row]).Any()));
        Assert.Equal(all.Select(n => "notebooks/" + n), Links(File.ReadLines(Path.Combine(Root.Folder, "README.md")))
            .Where(l => l.EndsWith(".ipynb")));
    }

    [Fact]
    public void The_exchange_of_bodies_in_the_opening_came_out_as_its_text_says()
    {
        string[] best = ["as trained", "its own body again", "body with the same start", "unigram",
            "body of another seed"];
        var bars = Notebook.Read(PathOf(First)).Cells.Single(c => c.IsCode && best.All(c.Source.Contains))
            .Outputs.Single()!;
        var caption = Notebook.Text(bars["data"]![FigureFormatters.Text]);   // from the closest to the truth
        Assert.Equal(best, best.OrderBy(name => caption.IndexOf(name, StringComparison.Ordinal)));
        Assert.Single(Regex.Matches(caption, @"(?:as trained|own body)\D+([\d.]+)").Select(m => m.Groups[1].Value)
            .Distinct());
    }

    [Theory, MemberData(nameof(All))]
    public void Its_cells_are_short(string name)
    {
        var lengths = Notebook.Read(PathOf(name)).Cells.Where(c => c.IsCode).Select(c => c.Source.Split('\n').Length)
            .Order().ToList();
        Assert.InRange(lengths[^1], 1, MostLines);
        Assert.InRange(lengths[lengths.Count / 2], 1, MedianLines);
    }

    /// <summary>Whether the functions of a cell are what its section teaches, beside those that an exercise leaves to
    /// the reader.</summary>
    private static bool IsTaught(string id) => id.StartsWith("build-");

    [Theory, MemberData(nameof(All))]
    public void Its_cells_speak_in_words_of_the_library(string name) =>
        Assert.All(Notebook.Read(PathOf(name)).Cells.Where(c => c.IsCode), cell =>
    {
        Assert.All(cell.Source.Split('\n'), line => Assert.InRange(line.Length, 0, MostColumns));
        Assert.DoesNotContain("Header.TriedRate", cell.Source);   // records.Tests() leaves tuning runs out
        if (IsTaught((string)cell.Json["id"]!) || cell.Source.Contains("// yours")) return;
        var members = CSharpSyntaxTree.ParseText(cell.Source, new CSharpParseOptions(kind: SourceCodeKind.Script),
                cancellationToken: TestContext.Current.CancellationToken)
            .GetRoot(TestContext.Current.CancellationToken).ChildNodes();
        Assert.Empty(members.OfType<MethodDeclarationSyntax>().Select(function => function.Identifier.Text));
    });

    [Theory, MemberData(nameof(All))]
    public void It_is_committed_with_its_outputs_and_without_errors(string name)
    {
        var code = Notebook.Read(PathOf(name)).Cells.Where(c => c.IsCode).ToList();
        Assert.All(code, c => Assert.NotEmpty(c.Outputs));
        Assert.DoesNotContain(code.SelectMany(c => c.Outputs), o => (string?)o!["output_type"] == "error");
        Assert.InRange(new FileInfo(PathOf(name)).Length, 1, MostBytes);
    }

    [Theory, MemberData(nameof(All))]
    public void Every_chart_has_an_interactive_form_a_picture_and_a_line_of_text(string name)
    {
        var charts = Notebook.Read(PathOf(name)).Cells.SelectMany(c => c.Outputs).Select(o => o!["data"] as JsonObject)
            .Where(d => d?.ContainsKey(FigureFormatters.Plotly) == true).ToList();
        Assert.NotEmpty(charts);
        string[] forms = [FigureFormatters.Plotly, FigureFormatters.Svg, FigureFormatters.Text];
        Assert.All(charts, chart => Assert.Equal(forms.Order(), chart!.Select(e => e.Key).Order()));
        Assert.All(charts, chart => Assert.DoesNotContain('\n', Notebook.Text(chart![FigureFormatters.Text])));
    }

    [Theory, MemberData(nameof(All))]
    public void An_editor_that_saves_it_changes_nothing(string name) =>
        Assert.Equal(File.ReadAllText(PathOf(name)), Notebook.Read(PathOf(name)).ToText());

    [Theory, MemberData(nameof(All))]
    public void It_names_our_kernel(string name)
    {
        var metadata = Notebook.Read(PathOf(name)).Json["metadata"]!;
        Assert.True(JsonNode.DeepEquals(KernelInfo.KernelSpec, metadata["kernelspec"]));
        Assert.True(JsonNode.DeepEquals(KernelInfo.LanguageInfo, metadata["language_info"]));
    }

    [GeneratedRegex(@"\]\(([^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\| \[?(\d\d) ")]
    private static partial Regex MapRow();
}
