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
        Assert.Equal($"How far? You said {guess.ToString(System.Globalization.CultureInfo.InvariantCulture)}, it is 0.4 nats: {verdict}.", Predict.That("How far?", guess, "nats").Against(0.4));

    [Fact]
    public void A_guess_must_be_a_number() =>
        Assert.Contains("write a number", Assert.Throws<ArgumentException>(() => Predict.That("How far?", double.NaN, "nats")).Message);

    [Fact]
    public void A_check_says_what_was_expected_and_gives_a_hint()
    {
        Assert.Equal("Right: the mean is 2.", Check.Close("the mean", 2, 2, 0, "add"));
        Assert.Equal("Not yet: the mean should be 2 (within 0.1), and yours is NaN. Hint: add.", Check.Close("the mean", double.NaN, 2, 0.1, "add."));
    }

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
    public void A_type_without_a_file_of_its_own_is_refused() => Assert.Throws<ArgumentException>(Source.Show<string>);
}
