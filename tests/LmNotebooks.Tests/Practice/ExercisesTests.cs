using System.Reflection;
using System.Text.RegularExpressions;
using LmNotebooks.Practice;
using LmNotebooks.Records;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Tests.Practice;

public class ExercisesTests(ITestOutputHelper output)
{
    private static readonly IReadOnlyDictionary<string, Row> Table = Rows.All.ToDictionary(r => r.Exercise.Name);

    public static TheoryData<string> Names => new(Listed.Select(e => e.Name));

    private static IEnumerable<IExercise> Listed => Exercises.ByNotebook.Values.SelectMany(all => all);

    [Theory, MemberData(nameof(Names))]
    public void Right_answers_of_any_shape_are_right_and_likely_wrong_ones_are_not_yet(string name)
    {
        var judged = Table[name].Judged();
        Assert.All(judged, j =>
            Assert.True(j.Feedback.Outcome == Expected(j.Kind), $"{j.Kind} {j.Number}: {j.Feedback}"));
        Assert.True(judged.Count(j => j.Kind == "right") >= 3);
        Assert.True(judged.Count(j => j.Kind == "wrong") >= 5);
        Assert.Contains(judged, j => j.Kind == "open");
        Assert.True(judged.Where(j => j.Kind == "wrong" && j.Feedback.Misconception != "")
            .DistinctBy(j => j.Feedback.Misconception).Count() >= 2,
            "two wrong answers must be told what they thought");
    }

    [Theory, MemberData(nameof(Names))]
    public void No_text_gives_the_answer_away(string name)
    {
        Assert.NotEmpty(Table[name].Secrets);
        Assert.Empty(GivenAway(Table[name]));
    }

    /// <summary>The texts of an exercise in which its answer stands.</summary>
    private static IEnumerable<string> GivenAway(Row row)
    {
        var hints = Enumerable.Range(1, 9).Select(n => row.Exercise.Hint(n))
            .TakeWhile(hint => !hint.StartsWith("There is no hint"));
        var texts = row.Judged().Select(j => j.Feedback).SelectMany(r => new[]
            {
                r.Message, r.ToString(), r.Misconception, r.ToDisplayString("text/html"),
                r.ToDisplayString("text/plain"),
            })
            .Concat(hints).Append(row.Exercise.ToString()!).Append(row.Exercise.ToDisplayString("text/html"))
            .Distinct();
        var secrets = row.Secrets.Select(secret => $@"(?<![\w.]){Regex.Escape(secret)}(?![\w]|\.\d)").ToList();
        return texts.Where(text => secrets.Any(secret => Regex.IsMatch(text, secret)));
    }

    [Fact]
    public void Every_exercise_of_the_library_stands_in_a_notebook_and_has_its_answers()
    {
        var properties = typeof(Exercises).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(p => p.PropertyType.IsAssignableTo(typeof(IExercise))).ToList();
        Assert.Equal(properties.Select(p => p.Name).Order(), Listed.Select(e => e.Name).Order());
        Assert.Equal(Listed.Select(e => e.Name).Order(), Rows.All.Select(r => r.Exercise.Name).Order());
        Assert.All(properties, p => Assert.Equal(p.Name, ((IExercise)p.GetValue(null)!).Name));
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void A_notebook_goes_from_a_number_over_a_line_and_a_part_to_a_flaw(string notebook)
    {
        var exercises = Exercises.ByNotebook[notebook];
        Assert.True(exercises.Count >= 4);
        Assert.Equal(exercises.Select(e => e.Kind).Order(), exercises.Select(e => e.Kind));
        Assert.Equal([ExerciseKind.Number, ExerciseKind.Line, ExerciseKind.Part, ExerciseKind.Flaw],
            exercises.Select(e => e.Kind).Distinct().Take(4));
    }

    public static TheoryData<string> Notebooks => new(Exercises.ByNotebook.Keys);

    [Fact]
    public void Code_that_fails_is_told_what_it_says_and_code_that_is_not_written_is_open()
    {
        var failed = Exercises.Bits.Check(_ => throw new InvalidOperationException("no data.\nat line 1"));
        Assert.Equal((Outcome.NotYet, "Bits: not yet. Your code says: no data."), (failed.Outcome, failed.Message));
        Assert.Equal(Outcome.Open, Exercises.Bits.Check(_ => throw new NotImplementedException()).Outcome);
        Assert.Throws<OperationCanceledException>(() =>
            Exercises.Bits.Check(_ => throw new OperationCanceledException()));
    }

    [Fact]
    public void A_reply_is_shown_in_words_and_its_hints_one_in_another()
    {
        var wrong = Exercises.SwapCost.Check((before, mixed, unigram) => mixed - before);
        Assert.Equal("in nats", wrong.Misconception);
        Assert.StartsWith("✗ Swap cost: not yet. ", wrong.ToDisplayString("text/plain"));
        Assert.EndsWith(" For a hint: Exercises.SwapCost.Hint(1)", wrong.ToDisplayString("text/plain"));
        var html = wrong.ToDisplayString("text/html");
        Assert.Matches("<details><summary>Hint 1</summary>[^<]+<details><summary>Hint 2</summary>[^<]+</details>"
            + "</details></div>$", html);
        Assert.Equal("✓ Bits: right.", Exercises.Bits.Check(n => n / Math.Log(2)).ToDisplayString("text/plain"));
        Assert.Equal("There is no hint 3: they are numbered from 1 to 2.", Exercises.Bits.Hint(3));
        Assert.StartsWith("★ Bits. A fair coin", Exercises.Bits.ToString());
        Assert.Equal(Exercises.Bits.ToString(), Exercises.Bits.ToDisplayString("text/plain"));
        Assert.StartsWith("<div>★ Bits. A fair coin", Exercises.Bits.ToDisplayString("text/html"));
        Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(typeof(Feedback)));
    }

    /// <summary>Writes out/exercises.md: for each exercise how many right answers were accepted and how many wrong ones
    /// were not, which misconceptions were named, and whether any text tells the answer.</summary>
    [Fact]
    public void The_kill_table_is_published()
    {
        var rows = (from page in Exercises.ByNotebook
                    from exercise in page.Value
                    let row = Table[exercise.Name]
                    let all = row.Judged()
                    let right = all.Where(j => j.Kind is "reference" or "right").ToList()
                    let wrong = all.Where(j => j.Kind == "wrong").ToList()
                    select new
                    {
                        Notebook = page.Key, Exercise = exercise, Right = right, Wrong = wrong,
                        Accepted = right.Count(j => j.Feedback.Outcome == Outcome.Right),
                        Rejected = wrong.Count(j => j.Feedback.Outcome == Outcome.NotYet),
                        Named = wrong.Count(j => j.Feedback.Misconception != ""),
                        Names = wrong.Select(j => j.Feedback.Misconception).Where(n => n != "").Distinct(),
                        Told = GivenAway(row).Count(),
                    }).ToList();
        var lines = rows.Select(r => $"| {r.Notebook} | {r.Exercise.Name} | {r.Exercise.Kind} | "
            + $"{(int)r.Exercise.Difficulty} | {r.Accepted} of {r.Right.Count} | {r.Rejected} of {r.Wrong.Count} | "
            + $"{r.Named}: {string.Join("; ", r.Names)} | {(r.Told == 0 ? "no" : "yes")} |");
        var total = $"{rows.Count} exercises. Right answers: {rows.Sum(r => r.Right.Count)} tried, "
            + $"{rows.Sum(r => r.Accepted)} accepted. Wrong ones: {rows.Sum(r => r.Wrong.Count)} tried, "
            + $"{rows.Sum(r => r.Rejected)} not accepted, {rows.Sum(r => r.Named)} told what they thought. Exercises "
            + $"that tell their answer: {rows.Count(r => r.Told > 0)}.";
        string[] head = ["| notebook | exercise | kind | stars | right, accepted | wrong, not yet | misconceptions "
            + "named | answer told |", "|---|---|---|---|---|---|---|---|"];
        var path = Path.Combine(Kit.Folder, "out", "exercises.md");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, [.. head, .. lines, "", total]);
        output.WriteLine(total);
        Assert.All(rows, r => Assert.Equal((r.Right.Count, r.Wrong.Count, 0), (r.Accepted, r.Rejected, r.Told)));
    }

    private static Outcome Expected(string kind) => kind switch
    {
        "wrong" => Outcome.NotYet, "open" => Outcome.Open, _ => Outcome.Right,
    };
}
