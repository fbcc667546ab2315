using LmNotebooks.Charts;
using LmNotebooks.Figures;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Tokens;

namespace LmNotebooks.Tests.Charts;

public class ExactTruthChartTests
{
    private static readonly Lingua Language = Lingua.Preset("base", 1);
    private static readonly Dataset Data = Dataset.Of(Language, 5_000, 60, seed: 1);
    private static readonly NgramModel Unigram = NgramModel.Fit(1, Language.Vocabulary, Data.Train.Documents),
        Bigram = NgramModel.Fit(2, Language.Vocabulary, Data.Train.Documents);

    [Fact]
    public void A_scatter_draws_a_thousand_tokens_and_counts_all()
    {
        var figure = ProbabilityScatter.Of(Language, Bigram, Data);
        var fit = ProbabilityFit.Of(Language, Bigram, Data);
        var dots = Assert.IsType<Dots>(figure.Marks[0]);
        Assert.Equal(1000, dots.X.Count);
        Assert.Subset(fit.Truth.Zip(fit.Model).ToHashSet(), dots.X.Zip(dots.Y).ToHashSet());
        Assert.Equal(FormattableString.Invariant($"Over {Data.Test.Tokens} tokens, 1000 of them drawn: ")
            + FormattableString.Invariant($"R² about the diagonal {fit.R2:F3}, Spearman's rho {fit.Rho:F3}."),
            figure.Caption);
        Assert.Equal(dots.X, Assert.IsType<Dots>(ProbabilityScatter.Of(Language, Bigram, Data).Marks[0]).X);
    }

    [Fact]
    public void Few_tokens_are_all_drawn_and_the_truth_lies_on_the_diagonal()
    {
        var few = Data with { Test = Corpus.OfDocuments(Data.Test.Documents.Take(3), 0) };
        var figure = ProbabilityScatter.Of(Language, Language, few);
        var dots = Assert.IsType<Dots>(figure.Marks[0]);
        Assert.Equal(few.Test.Tokens, dots.X.Count);
        Assert.Equal(dots.X, dots.Y);
        Assert.Equal([dots.X.Min(), 0], Assert.IsType<Line>(figure.Marks[1]).X);
        Assert.EndsWith("R² about the diagonal 1.000, Spearman's rho 1.000.", figure.Caption);
    }

    [Fact]
    public void Positions_have_the_curve_of_the_truth_over_its_mean_and_those_of_the_models()
    {
        var figure = ExcessByPosition.Of(Language, Data, ("unigram", Unigram), ("bigram", Bigram));
        var floor = Data.Loss(Language);
        Assert.Equal(["truth", "unigram", "bigram"], figure.Marks.OfType<Line>().Select(l => l.Name));
        Assert.Equal(floor, Assert.Single(figure.Marks.OfType<Reference>()).Value);
        var truth = figure.Marks.OfType<Line>().First();
        Assert.Equal([2.5, 6.5, 10.5], truth.X.Take(3));
        Assert.Equal(LossByPosition.Of(Language, Data).Select(g => g.Value), truth.Intervals!.Select(i => (Interval)i));
        var excess = LossByPosition.Excess(Language, Unigram, Data);
        Assert.StartsWith($"Nats per token, with 95 % intervals over texts: the truth loses {truth.Intervals![0]} in "
            + "words 1-4, ", figure.Caption);
        Assert.Contains($"; unigram is above it by {excess[0].Value} in words 1-4, {excess[^1].Value} in words ",
            figure.Caption);
        Assert.Single(ExcessByPosition.Of(Language, Data).Marks.OfType<Line>());
    }

    [Fact]
    public void Kinds_have_a_curve_each_over_the_text_seen_in_its_order()
    {
        var figure = ExcessByKind.Of(Language, Data, place => place.Word.Slot == Slot.Verb ? "verbs" : "others",
            (5000, Bigram), (100, Unigram));
        var lines = figure.Marks.OfType<Line>().ToList();
        Assert.Equal(["others", "verbs"], lines.Select(l => l.Name));
        Assert.All(lines, line => Assert.Equal([100, 5000], line.X));
        var late = Excess.By(Language, Bigram, Data.Test.Documents, place => place.Word.Slot == Slot.Verb);
        Assert.Equal(late.Select(g => g.Value), lines.Select(l => (Interval)l.Intervals![1]));
        Assert.Equal(FormattableString.Invariant($"Nats per token above the truth, at 100 and 5000 tokens: verbs ")
            + FormattableString.Invariant($"{lines[1].Y[0]:F3} and {lines[1].Y[1]:F3}; others ")
            + FormattableString.Invariant($"{lines[0].Y[0]:F3} and {lines[0].Y[1]:F3}."), figure.Caption);
        Assert.Contains("has nothing to draw", Assert.Throws<ArgumentException>(() =>
            ExcessByKind.Of(Language, Data, place => place.Depth)).Message);
        Assert.StartsWith("Nats per token above the truth, at 100 tokens: ", ExcessByKind.Of(Language, Data, _ => "all",
            (100, Unigram)).Caption);
    }
}
