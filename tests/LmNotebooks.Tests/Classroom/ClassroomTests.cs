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
