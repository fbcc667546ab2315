using System.Text.Json;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

/// <summary>What heads that answer questions keep on every model, and what they say.</summary>
public class ClassifierTests
{
    private static readonly IReadOnlyDictionary<string, int> Questions =
        new Dictionary<string, int> { ["topic"] = 3, ["mood"] = 2 };

    /// <summary>Every model, reading whole texts or from left to right.</summary>
    public static TheoryData<ModelConfig> Ways => new(Small.Kinds.Concat(Small.Translators)
        .SelectMany(_ => new[] { false, true }, (c, whole) => c with { Classes = Questions, ReadsWhole = whole })
        .Where(c => !c.ReadsWhole || IsTransformer(c)));

    public static TheoryData<ModelConfig> All => new(Small.Kinds.Concat(Small.Translators));

    private static bool IsTransformer(ModelConfig c) => Architecture.Transformer
        == (c.SourceVocabulary is null ? c.Architecture : c.SourceArchitecture);

    private static Model Build(ModelConfig config, int seed = 1) => config.Build(new Generator((ulong)seed));

    private static IReadOnlyList<Example> Examples(int count, int seed = 5)
    {
        var random = new Random(seed);
        int[] Text() => [.. Enumerable.Range(0, random.Next(0, 7)).Select(_ => random.Next(2, 11))];
        return [.. Enumerable.Range(0, count).Select(_ => new Example(Text(), [random.Next(3)]))];
    }

    [Theory, MemberData(nameof(Ways))]
    public void The_probabilities_of_all_answers_sum_to_one_for_any_number_of_texts(ModelConfig config)
    {
        using var model = Build(config);
        var classifier = new Classifier(model, "topic");
        Assert.Equal(3, classifier.Vocabulary);
        var examples = Examples(70);                        // more than are read at once
        var sums = new double[70];
        foreach (var answer in Enumerable.Range(0, 3))
            foreach (var (n, logs) in classifier.LogProbabilities([.. examples
                .Select(e => e with { Target = [answer] })]).Index())
                sums[n] += Math.Exp(Assert.Single(logs));
        Assert.All(sums, sum => Assert.Equal(1, sum, 1e-9));
        Assert.Empty(classifier.LogProbabilities([]));
    }

    [Theory, MemberData(nameof(Ways))]
    public void Texts_that_are_read_together_do_not_disturb_each_other(ModelConfig config)
    {
        using var model = Build(config);
        var classifier = new Classifier(model, "topic");
        var examples = Examples(20);
        foreach (var (example, logs) in examples.Zip(classifier.LogProbabilities(examples)))
        {
            var next = classifier.Next(example.Source, []);
            Assert.Equal(1, next.Sum(), 1e-9);
            Assert.Equal(Math.Log(next[example.Target[0]]), logs[0], 1e-5);
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public void Every_token_of_a_text_takes_part_in_the_answer(ModelConfig config)
    {
        using var model = Build(config);
        var classifier = new Classifier(model, "topic");
        int[] text = [3, 9, 4, 7];
        var answer = classifier.Next(text, []);
        for (var t = 0; t < text.Length; t++)
            Assert.NotEqual(answer, classifier.Next([.. text.Select((id, i) => i == t ? 10 : id)], []));
        Assert.NotEqual(answer, new Classifier(model, "topic").Next(text[..3], []));
    }

    [Theory, MemberData(nameof(Ways))]
    public void From_the_states_the_logits_are_found_again_and_gradients_reach_all_that_reads(ModelConfig config)
    {
        using var model = Build(config);
        var tokens = tensor(new long[] { 0, 3, 9, 4, 0, 0, 0, 5, 2, 10, 6, 7 }).view(2, 6);
        var logits = model.Answers(tokens, tensor(new long[] { 4, 6 }), "mood");
        Assert.Equal([2, 2], logits.shape);
        var read = tokens[.., ..4][..1];
        var states = model.States(read, config.ReadsWhole ? ones(1, 1, 1, 4, dtype: @bool) : null);
        var expected = model.HeadOf("mood").Module.call(config.ReadsWhole ? states.mean([1]) : states[.., -1]);
        Assert.True((expected[0] - logits[0]).abs().max().item<float>() < 1e-5);
        logits.log_softmax(-1).square().mean().backward();
        Part[] reading = model is EncoderDecoder t ? [t.Source, t.Encoder] : [model.Embedding, model.Body];
        Assert.All(reading.Append(model.HeadOf("mood")).SelectMany(p => p.Module.parameters()), p =>
            Assert.NotNull(p.grad));
        Assert.All(model.HeadOf("topic").Module.parameters(), p => Assert.Null(p.grad));
    }

    [Theory, MemberData(nameof(All))]
    public void A_model_with_heads_begins_with_the_weights_of_one_without(ModelConfig kind)
    {
        using Model plain = Build(kind), asked = Build(kind with { Classes = Questions });
        Assert.Empty(plain.Heads);
        Assert.Equal(["head for mood", "head for topic"], asked.Heads.Select(h => h.Name));
        Assert.Equal(Weights.Hashes(plain.Parts), Weights.Hashes(asked.Parts));
        Assert.Equal(2 * (16 + 1) + 3 * (16 + 1), asked.Config.Parameters - plain.Config.Parameters);
        Assert.Equal(asked.Config.Parameters, asked.parameters().Sum(p => p.numel()));
    }

    [Theory, MemberData(nameof(All))]
    public void Heads_are_kept_with_the_model(ModelConfig kind)
    {
        using var folder = new Small.Folder();
        foreach (var whole in IsTransformer(kind) ? new[] { false, true } : [false])
        {
            using var model = Build(kind with { Classes = Questions, ReadsWhole = whole });
            Checkpoint.Save(model, folder.File("model"));
            using var loaded = Checkpoint.Load(folder.File("model"));
            Assert.Equal(Weights.Hashes(model.Heads), Weights.Hashes(loaded.Heads));
            Assert.Equal((model.Config.Classes, whole), (loaded.Config.Classes, loaded.Config.ReadsWhole));
            loaded.to(DeviceType.META);
            var (tokens, lengths) = (zeros(2, 3, int64, META), ones(2, int64, META));
            Assert.Equal(DeviceType.META, loaded.Answers(tokens, lengths, "topic").device_type);
        }
    }

    /// <summary>Answers whether the first token is above 6.</summary>
    private sealed record FirstIsHigh : IObjective
    {
        public string Name => "whether the first token is high";

        public IReadOnlyList<Part> Uses(Model model) => [.. model.Parts, model.HeadOf("mood")];

        public Loss Of(Model model, Batch batch, Generator generator)
        {
            var lengths = tensor(Enumerable.Repeat(batch.Inputs.size(1), (int)batch.Inputs.size(0)).ToArray());
            var answers = batch.Inputs.select(1, 1).gt(6).to(int64);
            var logits = model.Answers(batch.Inputs, lengths, "mood");
            return new(nn.functional.cross_entropy(logits, answers), batch.Inputs.size(0));
        }

        public IEnumerable<Application> Applications(Model model, Extent text) =>
            model.AnswerApplications(text.Length, "mood");
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_stage_trains_a_head_alone_and_all_of_them_learn_what_is_asked(bool whole)
    {
        using var model = Build(Small.Config with { Classes = Questions, ReadsWhole = whole });
        void Train(long tokens, params Part[] parts) => new Trainer("test", model, Small.Data,
            new TrainingOptions { BatchRows = 8, Evaluations = 1 }, new Generator(5))
            .Train([new Stage("ask", new FirstIsHigh(), parts, tokens)
                { Schedule = new() { Peak = 1e-2 } }], _ => { });
        Part[] parts = [.. model.Parts, .. model.Heads];
        var before = Weights.Hashes(parts);
        Train(200, model.HeadOf("mood"));
        var changed = parts.Zip(before.Zip(Weights.Hashes(parts), (a, b) => a != b)).Where(p => p.Second);
        Assert.Equal(["head for mood"], changed.Select(p => p.First.Name));
        Train(8000, model.Embedding, model.Body, model.HeadOf("mood"));
        var examples = Small.Documents(50, 9).Select(d => new Example(d[..9], [d[0] > 6 ? 1 : 0])).ToList();
        var right = new Classifier(model, "mood").LogProbabilities(examples).Count(l => l[0] > Math.Log(0.5));
        Assert.True(right >= 47, $"{right} of 50");
    }

    /// <summary>Two layers of width 16 over 10 positions, and a head of two answers once in them.</summary>
    [Fact]
    public void An_answer_costs_what_reads_the_text_and_its_head_once()
    {
        using var model = Build(Small.Config with { Classes = Questions });
        const double Reading = 2 * (2 * 12 * 16 * 16 + 4 * 10 * 16);
        Assert.Equal(Reading + 2 * 16 * 2 / 10.0, model.AnswerApplications(10, "mood").Sum(a => a.Flops), 1e-6);
    }

    [Fact]
    public void Descriptions_with_the_same_questions_are_equal()
    {
        var turned = Small.Config with { Classes = new Dictionary<string, int> { ["mood"] = 2, ["topic"] = 3 } };
        var asked = Small.Config with { Classes = Questions };
        Assert.Equal(turned, asked);
        Assert.Equal(turned.GetHashCode(), asked.GetHashCode());
        Assert.Equal(asked, JsonSerializer.Deserialize<ModelConfig>(JsonSerializer.Serialize(asked)));
        Assert.NotEqual(Small.Config, asked);
        Assert.Equal(Small.Config, asked with { Classes = new Dictionary<string, int>() });
    }

    [Theory, MemberData(nameof(Ways))]
    public void What_cannot_be_answered_is_refused_in_one_sentence(ModelConfig config)
    {
        using var model = Build(config);
        string Refused(Func<object> asked) => Assert.Throws<ArgumentException>(asked).Message;
        Assert.Equal("The model has no head for the question 'sense', but for mood, topic: name it in Classes.",
            Refused(() => new Classifier(model, "sense").Next([3], [])));
        var longest = config.SourceVocabulary is null ? config.Context : config.SourceContext;
        var classifier = new Classifier(model, "topic");
        Assert.Equal(3, classifier.Next(new int[longest - 1], []).Length);
        Assert.Equal($"A text has {longest} tokens, but with the start before them the model reads {longest}: cut it, "
            + "or train with a larger Context.", Refused(() => classifier.Next(new int[longest], [])));
        Assert.StartsWith("The prefix is a whole answer", Refused(() => classifier.Next([3], [1])));
        Assert.Equal([[double.NegativeInfinity], []],
            classifier.LogProbabilities([new([3], [3]), new([3], [])]));
    }

    [Fact]
    public void Recurrent_layers_answer_from_left_to_right_only()
    {
        foreach (var kind in Small.Kinds.Concat(Small.Translators).Where(c => !IsTransformer(c)))
        {
            using var model = Build(kind with { Classes = Questions, ReadsWhole = true });
            Assert.Equal("A recurrent body reads a text from left to right, and a mask says otherwise: use a "
                + "Transformer.", Assert.Throws<ArgumentException>(() =>
                    new Classifier(model, "topic").Next([3], [])).Message);
        }
    }

    public static TheoryData<string, ModelConfig> Impossible => new()
    {
        { "Hole is 12: it must be a token id below Vocabulary, 12.", Small.Config with { Hole = 12 } },
        { "Classes gives the question 'x' 0 answers: it must be at least 1.", With("x", 0) },
        { "Classes names a question 'a.b': its name must have a letter and no full stop, since weights are named by "
            + "it.", With("a.b", 2) },
    };

    private static ModelConfig With(string question, int answers) =>
        Small.Config with { Classes = new Dictionary<string, int> { [question] = answers } };

    [Theory, MemberData(nameof(Impossible))]
    public void An_impossible_description_is_refused_in_one_sentence(string expected, ModelConfig config) =>
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => Build(config)).Message);
}
