using LmNotebooks.Classroom;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Tests.Classroom;

public sealed class PredictionsTests : IDisposable
{
    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    private static KeptPrediction Guess(string question, double guess, double? result = null) =>
        new(DateTimeOffset.UnixEpoch, question, guess, result, "nats");

    [Fact]
    public void The_last_guess_at_each_question_is_listed_with_its_result()
    {
        var path = folder.File("out/predictions.jsonl");
        KeptPrediction[] all = [Guess("How far?", 1), Guess("How many?", 3), Guess("How far?", 0.5),
            Guess("How far?", 0.5, double.NaN)];
        Assert.All(all, p => Assert.True(Predictions.Append(path, p)));
        Assert.Equal([all[3], all[1]], Predictions.Read(path));
        Assert.Equal(4, File.ReadAllLines(path).Length);
    }

    [Fact]
    public void A_prediction_is_kept_when_it_is_made_and_when_its_result_comes()
    {
        const string question = "How far is it in this test?";
        KeptPrediction Kept() => Assert.Single(Predictions.All(), p => p.Question == question);
        var prediction = Predict.That(question, 2, "nats");
        Assert.Equal((2, null), (Kept().Guess, Kept().Result));
        prediction.Against(1.5);
        Assert.Equal((2, 1.5, "nats"), (Kept().Guess, Kept().Result, Kept().Unit));
    }

    [Fact]
    public void A_prediction_that_is_not_made_is_open_and_leaves_nothing()
    {
        const string question = "How far is it if nobody says so?";
        var open = Predict.That(question, double.NaN, "nats");
        Assert.True(open.IsOpen);
        Assert.Equal(open.ToString(), open.ToDisplayString("text/plain"));
        Assert.Null(open.Result);
        Assert.Equal($"{question} Open: write your number in place of double.NaN, and run the cell again.",
            open.ToString());
        Assert.Equal(open.ToString(), open.Against(0.375));
        Assert.Null(open.Result);
        Assert.DoesNotContain(Predictions.All(), p => p.Question == question);
    }

    [Fact]
    public async Task Many_who_write_at_once_leave_whole_lines()
    {
        var path = folder.File("predictions.jsonl");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
        {
            for (var n = 0; n < 5; n++)
                while (!Predictions.Append(path, Guess($"{i}-{n}", n)))
                    TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        })));
        Assert.Equal(40, Predictions.Read(path).Count);
        Assert.Equal(40, File.ReadAllLines(path).Length);
    }

    [Fact]
    public void Lines_that_are_no_predictions_are_passed_over()
    {
        File.WriteAllText(folder.File("p.jsonl"), "{\"question\":\"torn\n\nnull\n[1]\n");
        Predictions.Append(folder.File("p.jsonl"), Guess("How far?", 1));
        Assert.Equal("How far?", Assert.Single(Predictions.Read(folder.File("p.jsonl"))).Question);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\0")]
    [InlineData("{\"question\":\"torn")]
    public void A_last_line_that_was_torn_off_does_not_take_the_next_one_with_it(string torn)
    {
        File.WriteAllText(folder.File("p.jsonl"), torn);
        Predictions.Append(folder.File("p.jsonl"), Guess("How far?", 1));
        Predictions.Append(folder.File("p.jsonl"), Guess("How long?", 2));
        Assert.Equal(["How far?", "How long?"], Predictions.Read(folder.File("p.jsonl")).Select(p => p.Question));
    }

    [Fact]
    public void A_file_that_cannot_be_written_breaks_nothing()
    {
        File.WriteAllText(folder.File("file"), "");
        Assert.False(Predictions.Append(folder.File("file/predictions.jsonl"), Guess("How far?", 1)));
        Assert.Empty(Predictions.Read(folder.File("file/predictions.jsonl")));
    }
}
