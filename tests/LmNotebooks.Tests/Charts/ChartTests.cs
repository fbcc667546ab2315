using FsCheck;
using FsCheck.Xunit;
using LmNotebooks.Charts;

namespace LmNotebooks.Tests.Charts;

public class ChartTests
{
    [Fact]
    public void The_next_words_of_a_language_are_its_likeliest_after_the_end_of_the_prefix()
    {
        var language = LmNotebooks.Languages.Lingua.Preset("base", 1);
        var prefix = language.Sample(1, 1)[0].Ids[..20];
        var figure = NextWordBars.Of(language, language, prefix, count: 3);
        Assert.Equal($"Next word after \"… {language.Text(prefix[13..])}\"", figure.Title);
        var truth = Assert.IsType<Bars>(figure.Marks[0]).Values;
        Assert.Equal(language.Next(prefix).OrderDescending().Take(3), truth);
        Assert.Equal(truth, Assert.IsType<Bars>(figure.Marks[1]).Values);
    }

    [Fact]
    public void Loss_curves_say_how_far_each_run_ends_above_the_floor() =>
        Assert.Equal("Transformer ends 0.062 nats per token above the floor of 2.26; GRU 0.116; shared weights 0.180; RNN 0.300.", Samples.Loss.Caption);

    [Fact]
    public void Excess_bars_say_which_model_is_closest_to_the_truth() =>
        Assert.StartsWith("Transformer is closest to the truth, 0.062 ± 0.004 nats per token above it; GRU 0.116 ± 0.011", Samples.Excess.Caption);

    [Fact]
    public void Share_bars_give_each_share_with_its_interval() =>
        Assert.EndsWith("topic 0.93 (0.90 to 0.96); number agreement 1.02 (0.95 to 1.10); register -0.02 (-0.07 to 0.04).", Samples.Share.Caption);

    [Fact]
    public void Next_word_bars_name_the_word_that_the_model_gets_most_wrong() =>
        Assert.Equal("After \"the old cat\" the language and the model differ most at \"ran\": probability 0.30 in the language, 0.20 in the model.",
            Samples.NextWord.Caption);

    [Fact]
    public void A_chart_without_data_is_refused_in_one_sentence()
    {
        Refused("\"Loss against tokens seen\" has nothing to draw.", () => LossCurves.Of([], 2));
        Refused("GRU has no values.", () => LossCurves.Of([new Curve("GRU", [], [])], 2));
        Refused("excess has no values.", () => ExcessBars.Of([]));
        Refused("share has no values.", () => ShareBars.Of([]));
        Refused("model has no values.", () => CalibrationCurves.Of(("model", [])));
        Refused("language has no values.", () => NextWordBars.Of([], [], [], "the"));
    }

    [Fact]
    public void Data_that_do_not_fit_together_are_refused_in_one_sentence()
    {
        Refused("GRU has 1 values on one side and 2 on the other.", () => LossCurves.Of([new Curve("GRU", [1], [3, 2])], 2));
        Refused("model has 1 rows for 2 names.", () => NextWordBars.Of(["a", "b"], [0.1, 0.2], [0.1], "the"));
        Refused("A probability of a next word is not between 0 and 1.", () => NextWordBars.Of(["a"], [1.2], [0.1], "the"));
    }

    [Fact]
    public void Numbers_that_cannot_be_drawn_are_refused_in_one_sentence()
    {
        Refused("GRU has a value that is not a finite number (loss (nats per token)).", () => LossCurves.Of([new Curve("GRU", [1, 2], [3, double.NaN])], 2));
        Refused("excess has a value that is not a finite number (excess (nats per token)).", () => ExcessBars.Of(("GRU", Samples.Around(double.PositiveInfinity, 0))));
        Refused("x has a value of 0 or less on a logarithmic axis (t).", () => new Figure("f", new Axis("t", Log: true), new Axis("y"), [new Line("x", [0], [1])], ""));
    }

    [Fact]
    public void A_run_measured_before_its_first_token_is_drawn_on_a_linear_axis() =>
        Assert.False(LossCurves.Of([new Curve("GRU", [0, 10], [4, 3])], 2).X.Log);

    /// <summary>Whatever the numbers, both renderers draw: no axis of zero length, no label out of range.</summary>
    [Property]
    public void Any_finite_excess_can_be_drawn(NormalFloat mean, NonNegativeInt width)
    {
        var figure = ExcessBars.Of(("model", Samples.Around(mean.Get % 1e6, width.Get / 100.0)));
        Assert.Contains("\"range\"", PlotlyRenderer.ToJson(figure));
        Assert.DoesNotContain("NaN", SvgRenderer.ToSvg(figure));
    }

    private static void Refused(string sentence, Func<Figure> draw) => Assert.Equal(sentence, Assert.Throws<ArgumentException>(draw).Message);
}
