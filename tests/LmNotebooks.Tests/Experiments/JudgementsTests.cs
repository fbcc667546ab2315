using LmNotebooks.Experiments;
using LmNotebooks.Records;

namespace LmNotebooks.Tests.Experiments;

public sealed class JudgementsTests : IDisposable
{
    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    private Judgements Of(Experiment experiment, Scale? scale = null) =>
        new(experiment, scale ?? Scale.Laptop, new RunStore(Directory.CreateDirectory(folder.File("store")).FullName));

    private void Judge(Experiment experiment, Scale? scale = null) =>
        Of(experiment, scale).Keep(experiment.Judge(Study.Records()));

    [Fact]
    public void What_was_judged_is_kept_once_with_seeds_verdict_and_interval()
    {
        Judge(Study.Definition);
        Judge(Study.Definition);
        var kept = Of(Study.Definition).All();
        Assert.Equal([("learning", "supported"), ("price", "equal")], kept.Select(j => (j.Hypothesis, j.Verdict)));
        Assert.Equal([.. Enumerable.Range(11, 8)], kept[1].Seeds);
        Assert.Equal(0.02, kept[1].Difference, 1e-9);
        Assert.Null(Of(Study.Definition).Objection());
    }

    [Theory]
    [InlineData("measure")]
    [InlineData("arm")]
    [InlineData("name")]
    public void A_hypothesis_that_has_changed_needs_seeds_that_nobody_has_seen(string changed)
    {
        Judge(Study.Definition);
        var h = Study.Definition.Hypotheses[1];
        var redefined = changed switch
        {
            "measure" => Study.Definition with { Hypotheses = [h with { Measure = Experiment.Floor }] },
            "name" => Study.Definition with { Hypotheses = [h with { Name = "cost", Measure = Experiment.Floor }] },
            _ => Study.Definition with { Arms = [.. Study.Definition.Arms.Select(a => a with { Passes = 2 })] },
        };
        Assert.Matches("of sharing was judged on seeds 11 to 18 when it was defined in another way "
            + @"\((equal|supported)\): give it seeds that nobody has seen, from 19\.$", Of(redefined).Objection());
        Assert.Null(Of(redefined with { Seeds = [.. Enumerable.Range(19, 8)] }).Objection());
    }

    [Fact]
    public void Two_hypotheses_about_one_pair_of_arms_that_were_judged_together_may_be_judged_again()
    {
        var price = Study.Definition.Hypotheses[1];
        var two = Study.Definition with { Hypotheses = [price, price with { Name = "runs", Below = 0.1025 }] };
        Judge(two);
        Assert.Null(Of(two).Objection());
        var three = two with { Hypotheses = [.. two.Hypotheses, price with { Name = "later", Below = 0.2 }] };
        Assert.StartsWith("'later' of sharing was judged on seeds 11 to 18", Of(three).Objection());
    }

    [Fact]
    public void Other_words_for_the_same_are_no_other_hypothesis_and_the_scale_of_the_tests_judges_nothing()
    {
        Judge(Study.Definition);
        Assert.Null(Of(Study.Definition with { Hypotheses = [.. Study.Definition.Hypotheses.Select(h =>
            h with { Claim = "In other words." })] }).Objection());
        Judge(Study.Definition, Scale.Ci);
        Assert.Empty(Of(Study.Definition, Scale.Ci).All());
    }

    [Fact]
    public void A_broken_file_is_refused_in_one_sentence()
    {
        Judge(Study.Definition);
        File.AppendAllText(folder.File("store/sharing/judgements.jsonl"), "{\n");
        Assert.EndsWith("judgements.jsonl has a line that is no judgement: take it from git again.",
            Assert.Throws<InvalidDataException>(() => Of(Study.Definition).All()).Message);
    }
}
