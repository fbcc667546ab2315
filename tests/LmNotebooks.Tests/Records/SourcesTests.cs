using LmNotebooks.Records;

namespace LmNotebooks.Tests.Records;

public class SourcesTests
{
    [Fact]
    public void A_run_depends_on_what_it_uses_and_on_what_that_uses() =>
        Assert.Superset(new HashSet<string>(["Strategies/Joint.cs", "Models/TransformerLm.cs", "Training/Trainer.cs",
            "Languages/Lexicon.cs", "Measures/Excess.cs", "Tokens/Corpus.cs"]), Sources.Reach("PlannedRun", "Joint")
            .ToHashSet());

    [Fact]
    public void A_run_depends_neither_on_charts_and_the_classroom_nor_on_experiments_that_it_is_not_part_of() =>
        Assert.DoesNotContain(Sources.Reach("PlannedRun", "Joint"), p => p.StartsWith("Figures/")
            || p.StartsWith("Charts/") || p.StartsWith("Classroom/") || p.EndsWith("Course.cs")
            || p.EndsWith("Runner.cs") || p.EndsWith("Holm.cs") || p.EndsWith("sExperiment.cs"));

    [Fact]
    public void Different_code_has_a_different_hash_and_the_same_code_the_same() =>
        Assert.Equal((true, false), (Sources.HashOf("Joint") == Sources.HashOf("Joint"),
            Sources.HashOf("Joint") == Sources.HashOf("Lingua")));

    [Fact]
    public void Comments_usings_and_blank_lines_are_not_code() =>
        Assert.Equal(["a();", "b();"], Sources.CodeLines("using X;\nnamespace Y;\n\n// no\n/// no\n   a();\n\tb();\n"));
}
