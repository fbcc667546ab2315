using LmNotebooks.Kernel.Scripting;

namespace LmNotebooks.Tests.Kernel;

[Collection(nameof(LanguageQuestions))]
public class InspectionTests : LanguageQuestions
{
    [Theory]
    [InlineData("Math.Ma|x(1, 2)")]
    [InlineData("Math.Max|(1, 2)")]
    [InlineData("Math.|Max(1, 2)")]
    [InlineData("Math.Max(|1, 2)")]
    public async Task A_method_is_described_with_its_overloads(string code)
    {
        var lines = (await InspectAsync(code))!.Split('\n');
        Assert.Equal("int Math.Max(int val1, int val2)", lines[0]);
        Assert.Contains("double Math.Max(double val1, double val2)", lines);
        Assert.Contains("... and 3 more", lines);
    }

    [Fact]
    public async Task Dotnets_own_documentation_is_shown_where_the_sdk_is_installed()
    {
        var text = await InspectAsync("string.Join|(\",\", new object[0])");
        Assert.Contains("separator: The string to use as a separator.", text);
        Assert.Contains("Throws ArgumentNullException: values is null.", text);
        Assert.Contains("Represents the standard input, output, and error streams", await InspectAsync("Console|"));
        Assert.Contains("Projects each element of a sequence", await InspectAsync("new[] { 1 }.Sel|ect(x => x)"));
    }

    [Fact]
    public async Task The_librarys_documentation_is_shown()
    {
        await RunAsync(Library + "\nvar schedule = new Schedule();");
        var type = await InspectAsync("new Sche|dule()");
        Assert.StartsWith("record Schedule\n", type);
        Assert.Contains("How the learning rate goes", type);
        Assert.Equal("double Schedule.At(double done)\n\nThe rate when a share of the stage, 0 to 1, is done.",
            await InspectAsync("schedule.At|"));
        Assert.Equal("Schedule schedule", await InspectAsync("sch|edule"));
    }

    [Fact]
    public async Task A_cells_own_comments_and_variables_are_shown()
    {
        await RunAsync("""
            /// <summary>Doubles, see <see cref="Math.Abs(int)"/>.</summary>
            /// <param name="x">What.</param>
            int Twice(int x) => 2 * x;
            var xs = new List<string>();
            """);
        Assert.Equal("int Twice(int x)\n\nDoubles, see Math.Abs.\nx: What.", await InspectAsync("Twice(|"));
        Assert.Equal("List<string> xs", await InspectAsync("x|s.Count"));
        await RunAsync("""
            interface IShape {
                /// <summary>In square metres.</summary>
                double Area { get; }
            }
            class Square : IShape {
                /// <inheritdoc/>
                public double Area => 1;
            }
            """);
        Assert.Equal("double Square.Area { get; }\n\nIn square metres.", await InspectAsync("new Square().Ar|ea"));
        Assert.Equal("(int A, string B) pair", await InspectAsync("(int A, string B) pair|;"));
    }

    [Theory]
    [InlineData("1 |  + 2")]
    [InlineData("\"Math.Ma|x\"")]
    [InlineData("12|3")]
    [InlineData("// Ma|th")]
    [InlineData("nothing.At|All")]
    [InlineData("|")]
    public async Task There_is_nothing_to_say_about_blanks_literals_comments_and_unknown_names(string code) =>
        Assert.Null(await InspectAsync(code));
}
