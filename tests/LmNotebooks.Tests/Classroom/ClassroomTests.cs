using LmNotebooks.Classroom;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Tests.Classroom;

public class ClassroomTests
{
    [Theory]
    [InlineData(0.5, "0.1 too high")]
    [InlineData(0.3, "0.1 too low")]
    [InlineData(0.41, "within a tenth of it")]
    public void A_prediction_is_set_beside_the_result(double guess, string verdict) =>
        Assert.Equal($"How far? You said {guess.ToString(System.Globalization.CultureInfo.InvariantCulture)}, it is "
            + $"0.4 nats: {verdict}.", Predict.That("How far?", guess, "nats").Against(0.4));

    [Fact]
    public void A_guess_must_be_a_number() =>
        Assert.Contains("write a number", Assert.Throws<ArgumentException>(() =>
            Predict.That("How far?", double.PositiveInfinity, "nats")).Message);

    [Fact]
    public void A_check_says_what_was_expected_and_what_was_found()
    {
        Says(Outcome.Right, "Right: the mean is 2.", Check.Close("the mean", 2, 2, 0, Hint));
        Says(Outcome.NotYet, "Not yet: the mean should be 2 (within 0.1), and yours is 2.2.",
            Check.Close("the mean", 2.2, 2, 0.1, Hint));
        Says(Outcome.Right, "Right: the order is 3.", Check.Equal("the order", 3, 3, Hint));
        Says(Outcome.NotYet, "Not yet: the word should be cat, and yours is dog.",
            Check.Equal("the word", "dog", "cat", Hint));
        Says(Outcome.Right, "Right: the shared model is smaller.",
            Check.True(true, "the shared model is smaller", Hint));
        Says(Outcome.NotYet, "Not yet: it should hold that the shared model is smaller.",
            Check.True(false, "the shared model is smaller", Hint));
    }

    [Fact]
    public void A_check_of_a_list_names_the_first_item_that_is_wrong()
    {
        Says(Outcome.Right, "Right: the list is right, item by item.",
            Check.Close("the list", [1, 2.01], [1, 2], 0.1, Hint));
        Says(Outcome.NotYet, "Not yet: the list goes wrong at item 2, which should be 2 (within 0.1), and yours is 3.",
            Check.Close("the list", [1, 3], [1, 2], 0.1, Hint));
        Says(Outcome.NotYet, "Not yet: the list should have 2 items, and yours has 1.",
            Check.List("the list", ["a"], ["a", "b"], Hint));
        Says(Outcome.NotYet, "Not yet: the list goes wrong at item 1, which should be b, and yours is a.",
            Check.List("the list", ["a"], ["b"], Hint));
    }

    [Fact]
    public void Numbers_that_differ_are_written_with_the_digits_that_differ() => Says(Outcome.NotYet,
        "Not yet: the excess should be 0.0674121 (within 1E-07), and yours is 0.0674124.",
            Check.Close("the excess", 0.0674124, 0.0674121, 1e-7, Hint));

    [Fact]
    public void An_open_exercise_does_not_give_the_answer_away()
    {
        Says(Outcome.Open, "Open: the mean is yours to find.", Check.Close("the mean", double.NaN, 2, 0.1, Hint));
        Says(Outcome.Open, "Open: the word is yours to find.", Check.Equal("the word", null, "cat", Hint));
        Says(Outcome.Open, "Open: the list is yours to find.", Check.List("the list", null, ["a"], Hint));
    }

    [Fact]
    public void A_check_never_throws()
    {
        IEnumerable<double> Broken() { yield return 1; throw new InvalidOperationException("no data."); }
        Says(Outcome.NotYet, "Not yet: the list cannot be compared, since your code says: no data.",
            Check.Close("the list", Broken(), [1, 2], 0, Hint));
    }

    [Fact]
    public void A_hint_is_shown_to_those_who_ask_and_needed_by_those_who_are_wrong()
    {
        var (wrong, right) = (Check.Equal("x < y", 1, 2, Hint), Check.Equal("x < y", 2, 2, Hint));
        Assert.Equal(Hint, wrong.Hint);
        Assert.Equal("✗ Not yet: x < y should be 2, and yours is 1. For a hint, write .Hint behind the check.",
            wrong.ToDisplayString("text/plain"));
        Assert.Equal("✓ Right: x < y is 2.", right.ToDisplayString("text/plain"));
        Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(typeof(CheckResult)));
        Assert.Equal("<div><b style=\"color:#d55e00\">✗</b> Not yet: x &lt; y should be 2, and yours is 1."
            + "<details><summary>Hint</summary>think &lt;again&gt;</details></div>",
                wrong.ToDisplayString("text/html"));
        Assert.Equal("<div><b style=\"color:#009e73\">✓</b> Right: x &lt; y is 2.</div>",
            right.ToDisplayString("text/html"));
    }

    private const string Hint = "think <again>";

    private static void Says(Outcome outcome, string message, CheckResult result) =>
        Assert.Equal((outcome, message), (result.Outcome, result.Message));

    [Fact]
    public void Shown_source_is_the_shipped_file_without_its_preamble()
    {
        var source = Source.Show<CausalLm>();
        Assert.Equal("Objectives/CausalLm.cs", source.Path);
        Assert.StartsWith("/// <summary>", source.Text);
        Assert.Contains("class", Source.Show<LmNotebooks.Training.Trainer>().Text);
        Assert.Contains(source.Text, Sources.Read(source.Path));
        Assert.Equal(source.Text, source.ToDisplayString("text/plain"));
        Assert.Contains("```csharp", source.ToDisplayString("text/markdown"));
        Assert.Equal(["text/markdown", "text/plain"], Formatter.GetPreferredMimeTypesFor(typeof(SourceCode)));
    }

    [Fact]
    public void Every_public_type_shows_its_own_file() => Assert.All(Sources.Library.GetExportedTypes(), type =>
    {
        var outer = type;
        while (outer.DeclaringType is { } next) outer = next;
        var name = outer.Name.Split('`')[0];
        var source = Source.Show(type);
        Assert.Equal($"{outer.Namespace!.Split('.')[1]}/{name}.cs", source.Path);
        Assert.Matches($@"(?m)^public .*\b{name}\b", source.Text);
        Assert.DoesNotMatch(@"(?m)^(using|namespace) ", source.Text);
    });

    [Theory, InlineData(typeof(string)), InlineData(typeof(List<CausalLm>)), InlineData(typeof(CausalLm[])),
        InlineData(typeof(ClassroomTests))]
    public void A_type_that_is_not_of_the_library_is_refused_by_its_name(Type type) => Assert.Equal(
        $"{type.Name} has no source here, since it is no type of LmNotebooks: name one that is, as in "
            + "Source.Show<Trainer>().", Assert.Throws<ArgumentException>(() => Source.Show(type)).Message);
}
