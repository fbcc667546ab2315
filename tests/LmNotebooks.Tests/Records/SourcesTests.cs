using LmNotebooks.Experiments;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Strategies;

namespace LmNotebooks.Tests.Records;

public class SourcesTests
{
    private static readonly Trained Joint = new("joint", new Joint());

    private static IReadOnlyCollection<string> Files(Arm arm) => new Experiment("e", "?", new Texts("tiny"), [arm], [])
        .Files(arm);

    [Fact]
    public void A_run_depends_on_what_it_uses_and_on_what_that_uses() =>
        Assert.Superset(new HashSet<string>(["Strategies/Joint.cs", "Models/TransformerLm.cs", "Training/Trainer.cs",
            "Languages/Lexicon.cs", "Tokens/Corpus.cs", "Passes/LossPass.cs"]), Files(Joint).ToHashSet());

    [Fact]
    public void A_run_depends_neither_on_charts_and_the_classroom_nor_on_experiments_that_it_is_not_part_of() =>
        Assert.DoesNotContain(Files(Joint), p => p.StartsWith("Figures/")
            || p.StartsWith("Charts/") || p.StartsWith("Classroom/") || p.EndsWith("Course.cs")
            || p.EndsWith("Runner.cs") || p.EndsWith("Claim.cs") || p.EndsWith("sExperiment.cs"));

    [Fact]
    public void A_run_on_drawn_texts_depends_neither_on_files_of_texts_nor_on_labels_nor_on_how_records_are_kept() =>
        Assert.Empty(Files(Joint).Intersect(["Languages/RealText.cs", "Questions/Labelling.cs", "Tokens/BytePairs.cs",
            "Records/RunStore.cs", "Records/RunFile.cs", "Records/Shelf.cs", "Experiments/Tuning.cs"]));

    [Fact]
    public void An_arm_depends_on_the_strategy_that_it_has_and_on_what_its_functions_call()
    {
        Assert.DoesNotContain("Strategies/GreedyLayerwise.cs", Files(Joint));
        Assert.Contains("Strategies/GreedyLayerwise.cs", Files(new Trained("greedy", new GreedyLayerwise())));
        Assert.Contains("Experiments/Reproduction.cs", Files(Joint with { At = scale => Called(scale) }));
    }

    /// <summary>An extension method, whose class is not named where it is called.</summary>
    private static Scale Called(Scale scale) =>
        new Experiment("e", "?", new Texts("tiny"), [], []).WithNewSeeds(1).Seeds.Count > 0 ? scale : Scale.Ci;

    [Fact]
    public void A_constant_counts_though_the_compiled_code_does_not_say_whose_it_is() =>
        Assert.Contains("Tokens/Corpus.cs", Sources.FilesOf([typeof(SkipGram)]));

    [Fact]
    public void What_is_called_through_a_base_class_counts_for_the_classes_of_which_something_is_made_alone()
    {
        Base made = new Made();
        var types = new Reach(made.Call).Types;
        Assert.Contains(typeof(Made), types);
        Assert.Contains(typeof(Scale), types);
        Assert.DoesNotContain(typeof(Other), types);
        Assert.DoesNotContain(typeof(Runner), types);
    }

    private abstract class Base
    {
        public object Call() => Answer();
        protected abstract object Answer();
    }

    private sealed class Made : Base
    {
        protected override object Answer() => Scale.Ci;
    }

    private sealed class Other : Base
    {
        protected override object Answer() => Runner.BudgetCoreMinutes + new Runner(null!, null!, null!).Jobs;
    }

    private static string Hash(string code) => Sources.HashOf([("a.cs", new Sources.SourceFile(code))]);

    private const string Code = """
        int Twice(int x) => 2 * x;
        string Say() => $"twice: {Twice(1)}";
        """;

    [Theory]
    [InlineData("2 * x", "3 * x")]
    [InlineData("2 * x", "2 + x")]
    [InlineData("int x", "long x")]
    [InlineData("twice: ", "twice:  ")]
    [InlineData("twice: ", "twice://")]
    [InlineData("int Twice", "intTwice")]
    public void Different_code_has_a_different_hash(string then, string now) =>
        Assert.NotEqual(Hash(Code), Hash(Code.Replace(then, now)));

    [Theory]
    [InlineData("2 * x;", "2 * x; // doubled")]
    [InlineData("2 * x", "\n        2\n        *x")]
    [InlineData("(int x)", "(\n    int\n    x)")]
    [InlineData("string", "/// <summary>Says it.</summary>\n\n  string")]
    public void Code_that_differs_in_comments_and_layout_alone_has_the_same_hash(string then, string now) =>
        Assert.Equal(Hash(Code), Hash(Code.Replace(then, now)));

    [Fact]
    public void The_hash_of_a_run_is_that_of_what_it_uses_whatever_the_order_of_the_files()
    {
        var files = Files(Joint);
        Assert.Equal(Sources.HashOf(files), Sources.HashOf(files.Reverse()));
        Assert.NotEqual(Sources.HashOf(files), Sources.HashOf(files.Skip(1)));
        Assert.NotEqual(Sources.HashOf(files), Sources.HashOf(Files(new Trained("greedy", new GreedyLayerwise()))));
    }

    [Fact]
    public void Comments_usings_and_blank_lines_are_not_code() =>
        Assert.Equal(["a();", "b();"], Sources.CodeLines("using X;\nnamespace Y;\n\n// no\n/// no\n   a();\n\tb();\n"));
}
