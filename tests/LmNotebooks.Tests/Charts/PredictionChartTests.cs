using LmNotebooks.Charts;
using LmNotebooks.Classroom;
using LmNotebooks.Figures;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Tests.Charts;

public class PredictionChartTests
{
    [Fact]
    public void Predictions_stand_beside_what_came_out_whatever_their_units_are()
    {
        var (far, close, open, unmet) = (new Prediction("How far above the truth is the mixed model?", 1, "nats"),
            new Prediction("How many?", 21, "words"), new Prediction("How long?", double.NaN, "seconds"),
            new Prediction("How soon?", 2, "steps"));
        far.Against(0.5);
        close.Against(20);
        open.Against(3);
        var figure = Assert.IsType<Figure>(PredictionChart.Of(far, close, open, unmet));
        Assert.Equal("1 of 2 predictions within a tenth of what came out, 2 without a guess or a result: How far above "
            + "the truth is the mixed model? You 1, it was 0.5 nats; How many? You 21, it was 20 "
            + "words.", figure.Caption);
        Assert.Equal([2, 1.05], Assert.IsType<Points>(figure.Marks[1]).Values);
        Assert.Equal(["How far above the truth is the\nmixed model?", "How many?"], figure.Y.Categories);
        Assert.True(figure.X.Log);
    }

    [Fact]
    public void A_single_prediction_that_was_close_is_drawn_close()
    {
        var close = new Prediction("How many?", 21, "words");
        close.Against(20);
        var (min, max) = Frame.Of(PredictionChart.Of(close))[0].X;
        Assert.True(max / min >= 4, "a deviation of five percent must not fill the picture");
        Assert.Equal(1.05, Math.Sqrt(min * max), 0.3);
    }

    [Fact]
    public void Guesses_of_another_sign_than_the_outcome_are_drawn_too()
    {
        var wrong = new Prediction("How far?", -1, "nats");
        wrong.Against(0.5);
        Assert.False(Assert.IsType<Figure>(PredictionChart.Of(wrong)).X.Log);
    }

    [Fact]
    public void An_outcome_of_zero_has_no_multiples_and_is_told_in_words()
    {
        var none = new Prediction("How many?", 3, "words");
        none.Against(0);
        Assert.Equal("0 of 1 predictions within a tenth of what came out: How many? You 3, it was 0 words.",
            Assert.IsType<Sentence>(PredictionChart.Of(none)).Caption);
    }

    [Fact]
    public void Without_a_prediction_a_sentence_says_so()
    {
        var open = new Prediction("How far?", double.NaN, "nats");
        open.Against(0.375);
        Assert.All([PredictionChart.Of(open), PredictionChart.Of()], shown =>
        {
            Assert.StartsWith("You have made no prediction yet: write a number", shown.Caption);
            Assert.DoesNotContain("0.375", shown.Caption);
            Assert.Equal(shown.Caption, Assert.IsType<Sentence>(shown).ToDisplayString("text/plain"));
        });
        Assert.Equal(["text/plain"], Formatter.GetPreferredMimeTypesFor(typeof(Sentence)));
    }
}
