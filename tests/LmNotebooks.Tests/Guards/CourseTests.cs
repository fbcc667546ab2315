using System.Text.RegularExpressions;
using LmNotebooks.Kernel.Notebooks;
using LmNotebooks.Practice;

namespace LmNotebooks.Tests.Guards;

/// <summary>What makes a notebook a page of a course: it takes the minutes that it says, asks before it tells, lets the
/// hand work, and speaks in short sentences.</summary>
public partial class CourseTests
{
    private const int LongestSentence = 35, FewestExercises = 4, FewestKinds = 3;
    private const double MedianSentence = 18;

    public static TheoryData<string> All => NotebookTests.All;

    private static Notebook Read(string name) =>
        Notebook.Read(Path.Combine(Root.Folder, "notebooks", name));

    private static IEnumerable<string> Code(string name) => Read(name).Cells.Where(c => c.IsCode).Select(c => c.Source);

    [Theory, MemberData(nameof(All))]
    public void It_says_how_many_minutes_it_takes_in_all_and_section_by_section(string name)
    {
        var sections = Section.Of(Read(name));
        var told = sections.Index().Skip(1)
            .Where(s => !s.Item.IsPartOfAnother || s.Item.MayBeSkipped);
        Assert.All(told, s => Assert.True(Math.Abs(s.Item.Told - WithParts(sections, s.Index)) <= 1,
            $"'{s.Item.Heading}' takes {WithParts(sections, s.Index):F1} minutes by the rule."));
        var total = Enumerable.Range(0, sections.Count).Where(i => !sections[i].IsPartOfAnother)
            .Where(i => !sections[i].MayBeSkipped).Sum(i => WithParts(sections, i));
        var page = double.Parse(PageMinutes().Match(sections[0].Text).Groups[1].Value);
        Assert.True(Math.Abs(page - total) <= 0.1 * total, $"It takes {total:F0} minutes, and says {page}.");
        var readme = File.ReadLines(Path.Combine(Root.Folder, "README.md")).Single(line => line.Contains($"/{name})"));
        Assert.EndsWith($" {page} |", readme);
    }

    /// <summary>The minutes of a section and of those below it that may not be skipped.</summary>
    private static double WithParts(IReadOnlyList<Section> sections, int index) => sections[index].Minutes
        + (sections[index].IsPartOfAnother ? 0 : sections.Skip(index + 1).TakeWhile(s => s.IsPartOfAnother)
            .Where(s => !s.MayBeSkipped).Sum(s => s.Minutes));

    [Theory, MemberData(nameof(All))]
    public void It_asks_for_predictions_that_are_open_until_the_reader_answers(string name)
    {
        var asked = Code(name).SelectMany(cell => Predicted().Matches(cell)).Select(m => m.Groups[1].Value).ToList();
        Assert.InRange(asked.Count, name.StartsWith("00") ? 1 : 3, 5);
        Assert.Equal(asked.Count, Code(name).Sum(cell => Open().Count(cell)));
        Assert.All(asked, guess => Assert.Contains(Code(name), cell => cell.Contains($"{guess}.Against(")));
        var chart = Assert.Single(Code(name), cell => cell.Contains("PredictionChart.Of("));
        Assert.All(asked, guess => Assert.Contains(guess, chart));
    }

    [Theory, MemberData(nameof(All))]
    public void What_a_prediction_came_to_is_folded(string name) =>
        Assert.All(Read(name).Cells.Where(c => c.Source.Contains(".Against(")), cell => Assert.True(cell.HidesOutputs));

    [Theory, MemberData(nameof(All))]
    public void It_has_exercises_of_several_kinds(string name)
    {
        var exercises = Exercises.ByNotebook[Path.GetFileNameWithoutExtension(name)];
        Assert.True(exercises.Count >= FewestExercises, $"There are {exercises.Count} exercises.");
        Assert.Contains(exercises, exercise => exercise.Kind == ExerciseKind.Flaw);
        Assert.True(exercises.Select(exercise => exercise.Kind).Distinct().Count() >= FewestKinds);
    }

    [Theory, MemberData(nameof(All))]
    public void Its_sentences_are_short(string name)
    {
        var sentences = Read(name).Cells.Where(c => !c.IsCode).SelectMany(c => Prose.Sentences(c.Source)).ToList();
        Assert.All(sentences, sentence => Assert.True(Prose.Words(sentence) <= LongestSentence, sentence));
        Assert.True(sentences.Select(Prose.Words).Order().ElementAt(sentences.Count / 2) < MedianSentence);
    }

    [Fact]
    public void Sentences_end_at_full_stops_and_code_and_formulas_are_words() =>
        Assert.Equal(["One, e.g. x or code.", "(Two!", "An item, a link.", "Three?"], Prose.Sentences(
            "# No\n\n**One**, e.g. $a b c$ or `d e`. (Two!\n\n| no | row |\n- An *item*, a [link](x.md).\n- Three?"));

    [Fact]
    public void Words_are_counted_without_marks_and_comments() =>
        Assert.Equal(6, Prose.Words("## The end\n\n| a | 0.12<!--=x/y:F2--> |\n- *very* last"));

    [GeneratedRegex(@"\b(\d+) minutes")]
    private static partial Regex PageMinutes();

    [GeneratedRegex(@"(\w+) = Predict\.That\(")]
    private static partial Regex Predicted();

    [GeneratedRegex(@"Predict\.That\([^;]*\bdouble\.NaN\b")]
    private static partial Regex Open();
}
