using System.Diagnostics;
using FsCheck.Xunit;
using LmNotebooks.Kernel.Scripting;

namespace LmNotebooks.Tests.Kernel;

[Collection(nameof(LanguageQuestions))]
public class LanguageServiceTests(ITestOutputHelper output) : LanguageQuestions
{
    [Theory]
    [InlineData("", Completeness.Complete)]
    [InlineData("1 + 1", Completeness.Complete)]
    [InlineData("var x = 1;\nx", Completeness.Complete)]
    [InlineData("await Task.Delay(1)", Completeness.Complete)]
    [InlineData("#r \"a.dll\"\nusing System;", Completeness.Complete)]
    [InlineData("#!markdown\nif (", Completeness.Complete)]
    [InlineData("// text\n#!markdown\nif (", Completeness.Complete)]
    [InlineData("#!time\nif (", Completeness.Incomplete)]
    [InlineData("using var x = new MemoryStream();", Completeness.Complete)]
    [InlineData("class A {", Completeness.Incomplete)]
    [InlineData("Math.Max(1,", Completeness.Incomplete)]
    [InlineData("1 +", Completeness.Incomplete)]
    [InlineData("x.", Completeness.Incomplete)]
    [InlineData("var x = 1", Completeness.Incomplete)]
    [InlineData("/* not yet", Completeness.Incomplete)]
    [InlineData("@\"not yet", Completeness.Incomplete)]
    [InlineData("\"\"\"\nnot yet", Completeness.Incomplete)]
    [InlineData("#if DEBUG", Completeness.Incomplete)]
    [InlineData("}", Completeness.Invalid)]
    [InlineData("var 5 = 3;", Completeness.Invalid)]
    [InlineData("1 2", Completeness.Invalid)]
    public void A_cell_is_complete_or_waits_for_more_or_is_wrong(string code, Completeness expected) =>
        Assert.Equal(expected, LanguageService.IsComplete(code));

    /// <summary>Pieces of code that, put together at random, are broken in the ways of somebody who is
    /// typing.</summary>
    private static readonly string[] Pieces =
    [
        "Console", ".", "(", ")", "{", "}", "\"", "$\"", "\"\"\"", "'", "/*", "//", "\n", " ", "x", "=>", "=", ";",
            "new ", "class A", "int ",
        "override ", "<", ">", ",", "1", "😀", "漢", "\ud83d", "\0", "#r \"", "#load \"", "#if ", "@", "[", "]", "?",
            ":", "await ", "using ",
        "foreach (var i in ", "///<", "$\"{", "var ",
    ];

    [Property(MaxTest = 60)]
    public async Task Any_code_and_position_has_an_answer_within_the_text(int[] pieces, int position)
    {
        var code = string.Concat(pieces.Select(p => Pieces[(int)((uint)p % Pieces.Length)]));
        var at = code.Length == 0 ? position : (int)((uint)position % (code.Length + 3));
        var completions = await Fresh.CompleteAsync(code, at, CancellationToken.None);
        Assert.InRange(completions.Start, 0, Math.Clamp(at, 0, code.Length));
        Assert.InRange(completions.End, Math.Clamp(at, 0, code.Length), code.Length);
        Assert.All(completions.Items, i => Assert.NotEqual("", i.Text));
        await Fresh.InspectAsync(code, at, CancellationToken.None);
        LanguageService.IsComplete(code);
    }

    [Property(MaxTest = 60)]
    public async Task Any_text_has_an_answer_within_it(string? text, int position)
    {
        var code = text ?? "";
        var completions = await Fresh.CompleteAsync(code, position, CancellationToken.None);
        Assert.InRange(completions.Start, 0, code.Length);
        Assert.InRange(completions.End, completions.Start, code.Length);
        await Fresh.InspectAsync(code, position, CancellationToken.None);
        LanguageService.IsComplete(code);
    }

    [Fact]
    public async Task Questions_and_cells_may_come_at_the_same_time()
    {
        await RunAsync("var first = 1;");
        var questions = Enumerable.Range(0, 20).Select(_ => CompleteAsync("Console.W|")).ToList();
        await RunAsync(Enumerable.Range(0, 20).Select(i => $"var v{i} = {i};"));
        Assert.All(await Task.WhenAll(questions), q => Assert.NotEmpty(q.Items));
        Assert.Contains("v19", await TextsAsync("v|"));
    }

    [Fact]
    public async Task Measured_how_long_questions_take()
    {
        async Task TimeAsync(string what, Func<Task> question)
        {
            var watch = Stopwatch.StartNew();
            await question();
            output.WriteLine($"{what,-40} {watch.Elapsed.TotalMilliseconds,6:F0} ms");
        }

        await RunAsync(Library + "\nusing TorchSharp;\nvar xs = new List<int>();");
        await TimeAsync("first completion of this session", Language.WarmAsync);
        foreach (var cells in new[] { 1, 100 })
        {
            await RunAsync(Enumerable.Range(0, cells)
                .Select(i =>
                $"class C{i} {{ public int N; }}\nvar v{i} = new C{i}();\nint F{i}(int x) => x + v{i}.N;"));
            foreach (var code in new[] { "xs.|", "|", "torch.|", "xs.Where(x => x.|", "new Schedule { |" })
                await TimeAsync($"after {cells} cells: {code}", () => CompleteAsync(code));
            await TimeAsync($"after {cells} cells: inspect Math.Max", () => InspectAsync("Math.Max|"));
        }
    }
}
