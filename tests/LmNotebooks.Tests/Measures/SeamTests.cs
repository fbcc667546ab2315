using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Lessons;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Questions;
using LmNotebooks.Records;
using LmNotebooks.Tests.Models;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Measures;

/// <summary>What stands at the seams of models, and what is measured there.</summary>
[Collection(nameof(Alone))]
public class SeamTests
{
    private static Model Build(ModelConfig config) => config.Build(new Generator(1));

    private static IReadOnlyList<int[]> Texts(int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(_ =>
            (int[])[.. Enumerable.Range(0, random.Next(0, 7)).Select(_ => random.Next(2, 11))])];
    }

    [Theory, MemberData(nameof(ClassifierTests.Ways), MemberType = typeof(ClassifierTests))]
    public void From_the_last_seam_an_answer_head_says_what_the_model_says(ModelConfig config)
    {
        using var model = Build(config);
        var texts = Texts(70);                              // more than are read at once
        var last = SeamStates.Of(model, texts)[^1];
        Assert.Equal(70, last.Length);
        using var scope = NewDisposeScope();
        var states = tensor(last.SelectMany(s => s).ToArray()).view(70, -1).to(float32);
        var logs = model.HeadOf("topic").Module.call(states).log_softmax(-1);
        var said = new Classifier(model, "topic").LogProbabilities([.. texts.Select(t => new Example(t, [1]))]);
        Assert.All(said.Index(), s => Assert.Equal(s.Item[0], logs[s.Index, 1].item<float>(), 1e-5));
    }

    [Theory, MemberData(nameof(ClassifierTests.Ways), MemberType = typeof(ClassifierTests))]
    public void There_is_a_seam_after_the_token_vectors_and_after_each_layer_that_can_be_left(ModelConfig config)
    {
        using var model = Build(config);
        var seams = SeamStates.Of(model, Texts(3));
        Assert.Equal(model.Readers[1].Module is TransformerBody ? 1 + config.Layers : 2, seams.Count);
        Assert.All(seams, seam => Assert.All(seam, state => Assert.Equal(config.Width, state.Length)));
        foreach (var (below, above) in seams.Zip(seams.Skip(1))) Assert.NotEqual(below, above);
        Assert.All(SeamStates.Of(model, []), Assert.Empty);
    }

    /// <summary>Of the start 0 and the tokens 3, 9.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public void At_the_first_seam_stand_the_token_vectors_themselves(bool whole)
    {
        using var model = Build(Small.Config with { ReadsWhole = whole });
        var vectors = model.Vectors();
        double[] expected = whole ? [.. vectors[0].Select((v, c) => (v + vectors[3][c] + vectors[9][c]) / 3)]
            : vectors[9];
        var state = SeamStates.Of(model, [[3, 9], [4, 4, 4, 4]])[0][0];
        Assert.Equal(expected, state, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Looking_at_the_seams_leaves_no_tensor_behind(bool whole)
    {
        using var model = Build(Small.Config with { ReadsWhole = whole });
        SeamStates.Of(model, Texts(3));
        Leaks.NoneAfter(() => SeamStates.Of(model, Texts(70)));
    }

    private static readonly Lingua Language = Lingua.Preset("tiny", 3);
    private static readonly Labelling Topic = new LatentLabel(Language, Latent.Topic);
    private static readonly Dataset Nothing = Small.Data;

    private static Model Reader(int layers = 2) => Build(Small.Config with
    {
        Vocabulary = Language.Vocabulary + 1, Start = Language.Vocabulary, Context = 128, Layers = layers,
        ReadsWhole = true,
    });

    private static Dictionary<string, double> Measured(IDistribution truth, IDistribution model) =>
        SeamMeasurements.All.ToDictionary(m => m.Name, m => m.Of(truth, model, Nothing));

    [Fact]
    public void Five_targets_are_measured_at_three_seams_and_no_belief_is_read_better_than_wholly()
    {
        using var model = Reader();
        var measured = Measured(Topic, new Readers([Topic]) { Before = model });
        Assert.Equal(15, measured.Count);
        Assert.Contains("R2 of register at seam 2", measured.Keys);
        foreach (var (name, value) in measured)
            if (name.Contains("score")) Assert.Equal(double.NaN, value);   // the question asks for none
            else Assert.InRange(value, -0.2, 1);
        Assert.True(measured["R2 of topic at seam 0"] > 0.5);   // even words that have not met say it
        Assert.Equal(measured, Measured(Topic, new Readers([Topic]) { Before = model }));
    }

    [Fact]
    public void All_is_measured_at_once()
    {
        var model = Reader();
        var readers = new Readers([Topic]) { Before = model };
        var first = SeamMeasurements.All[0].Of(Topic, readers, Nothing);
        foreach (var part in model.Parts) part.Free();      // a second look would fail
        Assert.Equal(first, Measured(Topic, readers)[SeamMeasurements.All[0].Name]);
    }

    [Fact]
    public void A_seam_that_a_shallow_model_lacks_is_no_number()
    {
        using var model = Reader(layers: 1);
        var measured = Measured(Topic, new Readers([Topic]) { Before = model });
        Assert.True(double.IsFinite(measured["R2 of topic at seam 1"]));
        Assert.Equal(double.NaN, measured["R2 of topic at seam 2"]);
    }

    [Fact]
    public void The_score_is_measured_where_its_sign_is_asked_for()
    {
        using var model = Reader();
        var sign = SignLabel.Of(Language, 1, 1);
        Assert.InRange(Measured(sign, new Readers([sign]) { Before = model })["R2 of score at seam 0"], 0.2, 1);
    }

    [Fact]
    public void Where_there_was_no_model_before_the_answers_there_is_no_number_and_a_record_keeps_that()
    {
        Assert.All(new IDistribution[] { Topic, new Readers([Topic]) }, model =>
            Assert.All(Measured(Topic, model).Values, value => Assert.Equal(double.NaN, value)));
        using var folder = new Small.Folder();
        var path = folder.File("run.jsonl");
        using (var file = RunFile.Create(path, new RunHeader("e", "arm", [], 1, "cpu", 1, "data", "source",
            new Dictionary<string, string>(), DateTimeOffset.UnixEpoch)))
            file.Append(new RunResult(1, 0, 1, 0, 1, 1, 1, 2) { Measures = Measured(Topic, Topic) });
        var read = RunFile.Read(path);
        Assert.True(read.Finished);
        Assert.Equal(Measured(Topic, Topic), read.Result!.Measures);
    }

    [Fact]
    public void Without_a_question_about_texts_it_is_refused_in_one_sentence()
    {
        using var model = Reader();
        Assert.Equal("'R2 of topic at seam 0' can be measured only where a question about texts is asked: leave it "
            + "out.", Assert.Throws<InvalidOperationException>(() =>
                Measured(Language, new Readers([Topic]) { Before = model })).Message);
    }
}
