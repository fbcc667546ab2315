using LmNotebooks.Experiments;
using LmNotebooks.Records;

namespace LmNotebooks.Tests.Experiments;

public sealed class QuantitiesTests : IDisposable
{
    // t(7) 2.3646 times the deviation 0.0024495 over the root of 8
    private const double MeanOfAll = 0.1035, HalfWidth = 0.0020478;
    private readonly Small.Folder folder = new();
    private readonly Quantities quantities;

    public QuantitiesTests() => quantities = Study.Kept(folder.File("store"), Study.Records());

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("sharing/ALBERT, all/excess", MeanOfAll)]
    [InlineData("sharing/albert-all/excess/low", MeanOfAll - HalfWidth)]
    [InlineData("sharing/albert-all/excess/high", MeanOfAll + HalfWidth)]
    [InlineData("sharing/trigram/unigram-gap", 2)]
    [InlineData("sharing/trigram/parameters", 1234)]
    [InlineData("sharing/unshared/loss", 2.0835)]
    [InlineData("sharing/unshared/seconds", 3)]
    [InlineData("sharing/unshared/flops", 3e9)]
    [InlineData("sharing/price/difference", 0.02)]
    [InlineData("sharing/price/low", 0.02)]
    [InlineData("sharing/price/high", 0.02)]
    [InlineData("sharing/price/margin", 0.04)]
    public void A_key_names_a_number(string key, double expected) =>
        Assert.Equal(expected, (double)quantities.Value(key), 1e-6);

    [Fact]
    public void A_key_counts_the_seeds_that_agree_in_sign() =>
        Assert.Equal((8, 8), (quantities.Value("sharing/price/same-sign"), quantities.Value("sharing/price/seeds")));

    [Fact]
    public void A_key_names_a_verdict_and_the_seeds_that_support_it_alone()
    {
        Assert.Equal("supported", quantities.Value("sharing/learning/verdict"));
        Assert.Equal("equal", quantities.Value("sharing/price/verdict"));
        Assert.Equal((8, 0), (quantities.Value("sharing/learning/supported-seeds"),
            quantities.Value("sharing/price/supported-seeds")));
    }

    [Fact]
    public void A_name_of_an_arm_and_of_a_hypothesis_is_told_apart_by_what_is_asked_of_it()
    {
        var both = new Quantities(new RunStore(folder.File("store")), Study.Definition with
        {
            Hypotheses = [Study.Definition.Hypotheses[0] with { Name = "trigram" }],
        });
        Assert.Equal(quantities.Value($"sharing/{Study.Definition.Hypotheses[0].Name}/verdict"),
            both.Value("sharing/trigram/verdict"));
        Assert.Equal(quantities.Value("sharing/trigram/excess"), both.Value("sharing/trigram/excess"));
    }

    [Theory]
    [InlineData("sharing/trigram",
        "'sharing/trigram' is not a key: write experiment/arm/measure or experiment/hypothesis/quantity.")]
    [InlineData("tying/trigram/excess", "There is no experiment 'tying': there is sharing.")]
    [InlineData("sharing/bigram/excess",
        "There is no arm or hypothesis of sharing 'bigram': there is trigram, ALBERT, all, unshared, learning, price.")]
    [InlineData("sharing/trigram/cost",
        "There is no measure of trigram 'cost': there is excess, floor, unigram gap, parameters, optimizer bytes, "
        + "tokens, labels, flops, critical path flops, seconds, loss.")]
    [InlineData("sharing/trigram/excess/middle", "There is no end of an interval 'middle': there is low, high.")]
    [InlineData("sharing/price/excess",
        "There is no quantity of a hypothesis 'excess': there is difference, low, high, same sign, seeds, margin, "
        + "verdict, "
        + "supported seeds.")]
    public void What_does_not_exist_is_refused_with_what_does(string key, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<ArgumentException>(() => quantities.Value(key)).Message);

    [Fact]
    public void A_number_that_lacks_a_run_is_refused()
    {
        var lacking = Study.Kept(folder.File("lacking"), [.. Study.Records().SkipLast(1)]);
        Assert.Equal("sharing has 7 of 8 runs of unshared: make the others with 'lm experiment sharing'.",
            Assert.Throws<InvalidOperationException>(() => lacking.Value("sharing/unshared/excess")).Message);
        Assert.Contains("no finished run of unshared",
            Assert.Throws<InvalidOperationException>(() => lacking.Value("sharing/price/low")).Message);
        Assert.Equal(MeanOfAll, (double)lacking.Value("sharing/albert-all/excess"), 1e-6);
    }

    [Fact]
    public void A_learning_curve_stands_above_the_floor_of_each_seed()
    {
        var curves = LearningCurve.Of(Study.Records());
        Assert.Equal([("trigram", false), ("ALBERT, all", true), ("unshared", true)],
            curves.Select(c => (c.Arm, c.IsTrained)));
        Assert.Equal([2.1035, 1.1035, 0.1035], curves[1].Points.Select(p => Math.Round(p.Excess.Value, 6)));
        var end = curves[1].End;
        Assert.Equal((0.1, 0.107, 3000, 3e9), (Math.Round(end.Excess.Low, 6), Math.Round(end.Excess.High, 6),
            end.Tokens, end.Flops));
    }

    [Fact]
    public void A_run_outside_of_experiments_has_no_floor_to_stand_above()
    {
        var floorless = Study.Records().Select(r =>
            r with { Result = r.Result! with { Measures = new Dictionary<string, double>() } });
        Assert.Equal("A run of trigram has no measured floor: only runs of an experiment stand above one.",
            Assert.Throws<ArgumentException>(() => LearningCurve.Of(floorless)).Message);
    }
}
