using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Objectives;

/// <summary>Tags of words: what is learned, what a tagger says, and what both cost.</summary>
public sealed class TagEachWordTests
{
    private const string Question = "tags";
    private const int Tags = 3;

    private static ModelConfig Tagging(ModelConfig c, bool whole) =>
        c with { Classes = new Dictionary<string, int> { [Question] = Tags, ["topic"] = 2 }, ReadsWhole = whole };

    /// <summary>Language models and translators, that read texts whole or from left to right.</summary>
    public static TheoryData<ModelConfig> Ways { get; } =
    [
        Tagging(Small.Config, false), Tagging(Small.Config, true),
        Tagging(Small.Translator, false), Tagging(Small.Translator, true),
        Tagging(Small.Config with { Architecture = Architecture.Gru }, false),
        Tagging(Small.Translator with { SourceArchitecture = Architecture.Lstm }, false),
    ];

    private static Model Build(ModelConfig config) => config.Build(new Generator(1));

    /// <summary>Texts of 1 to 6 words, of which each has a tag.</summary>
    private static IReadOnlyList<Example> Examples(int count, int seed = 5)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(1, 7)).Select(length => new Example(
            [.. Enumerable.Range(0, length).Select(_ => random.Next(2, 11))],
            [.. Enumerable.Range(0, length).Select(_ => random.Next(Tags))]))];
    }

    private static Batch Taken(params IReadOnlyList<Example> examples) => Corpus.OfTranslations(examples, 0)
        .Take([.. Enumerable.Range(0, examples.Count).Select(n => (long)n)], CPU);

    private static Loss Of(Model model, params IReadOnlyList<Example> examples)
    {
        using var off = no_grad();
        return new TagEachWord(Question).Of(model, Taken(examples), new Generator(1));
    }

    /// <summary>-ln of the softmax of each word's logits at its tag, word by word: the states of one text, and the
    /// matrix of the head by hand.</summary>
    private static double[] ByHand(Model model, Example example)
    {
        using var off = no_grad();
        var text = tensor([0L, .. example.Source.Select(id => (long)id)]).unsqueeze(0);
        var T = text.size(1);
        var states = model.States(text, model.Config.ReadsWhole ? ones(1, 1, 1, T, dtype: ScalarType.Bool) : null);
        var (weight, bias) = (model.HeadOf(Question).Module.parameters().First(),
            model.HeadOf(Question).Module.parameters().Last());
        return [.. example.Target.Select((tag, t) =>
        {
            var logits = (weight.matmul(states[0, t + 1]) + bias).data<float>().Select(x => Math.Exp(x)).ToArray();
            return -Math.Log(logits[tag] / logits.Sum());
        })];
    }

    [Theory, MemberData(nameof(Ways))]
    public void The_loss_is_the_mean_over_words_of_how_surprising_their_tags_are(ModelConfig config)
    {
        using var model = Build(config);
        var examples = Examples(9);
        var loss = Of(model, examples);
        Assert.Equal(examples.Sum(e => e.Source.Length), loss.Targets);
        Assert.Equal(examples.SelectMany(e => ByHand(model, e)).Average(), loss.Mean.item<float>(), 1e-5);
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_text_costs_the_same_alone_as_beside_longer_ones(ModelConfig config)
    {
        using var model = Build(config);
        var examples = Examples(6);
        var alone = examples.Select(e => Of(model, e)).Sum(l => l.Mean.item<float>() * (double)l.Targets);
        var together = Of(model, examples);
        Assert.Equal(alone / together.Targets, together.Mean.item<float>(), 1e-5);
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_tagger_says_of_each_word_what_the_loss_is_made_of(ModelConfig config)
    {
        using var model = Build(config);
        var tagger = (Tagger)((IObjective)new TagEachWord(Question)).Says(model);
        Assert.Equal(Tags, tagger.Vocabulary);
        var examples = Examples(70);                        // more than are read at once
        foreach (var (example, logs) in examples.Zip(tagger.LogProbabilities(examples)))
        {
            Assert.Equal(ByHand(model, example).Select(x => -x), logs,
                (a, b) => Math.Abs(a - b) < 2e-4);
            for (var t = 0; t < logs.Length; t++)
            {
                var next = tagger.Next(example.Source, example.Target[..t]);
                Assert.Equal(1, next.Sum(), 1e-9);
                Assert.Equal(logs[t], Math.Log(next[example.Target[t]]), 1e-5);
            }
        }
        Assert.Empty(tagger.LogProbabilities([]));
        Assert.Equal([[]], tagger.LogProbabilities([new([], [])]));
    }

    [Theory, MemberData(nameof(Ways))]
    public void What_cannot_be_tagged_is_impossible_or_refused_in_one_sentence(ModelConfig config)
    {
        using var model = Build(config);
        var tagger = new Tagger(model, Question);
        var logs = tagger.LogProbabilities([new([3, 4], [0, Tags, 1]), new([], [1])]);
        Assert.True(double.IsFinite(logs[0][0]));
        Assert.Equal([double.NegativeInfinity, double.NegativeInfinity], logs[0][1..]);
        Assert.Equal([double.NegativeInfinity], logs[1]);
        string Refused(Func<object> asked) => Assert.Throws<ArgumentException>(asked).Message;
        Assert.Equal("The prefix has 2 tags, and the text 2 words: no tag follows.",
            Refused(() => tagger.Next([3, 4], [1, 1])));
        Assert.Equal("The model has no head for the question 'sense', but for tags, topic: name it in Classes.",
            Refused(() => new Tagger(model, "sense").Next([3], [])));
        var longest = config.SourceVocabulary is null ? config.Context : config.SourceContext;
        Assert.Equal($"A text has {longest} tokens, but with the start before them the model reads {longest}: cut it, "
            + "or train with a larger Context.", Refused(() => tagger.Next(new int[longest], [])));
        foreach (var odd in new Example[][] { [new([3, 4], [1])], [new([3, 4], [1]), new([3], [1, 0])] })
            Assert.Equal("A text of 'tags' has not as many tags as words: give each word one tag.",
                Refused(() => Of(model, odd)));
    }

    [Theory, MemberData(nameof(Ways))]
    public void Gradients_reach_all_that_reads_and_the_head_and_nothing_else(ModelConfig config)
    {
        using var model = Build(config);
        var objective = new TagEachWord(Question);
        objective.Of(model, Taken(Examples(4)), new Generator(1)).Mean.backward();
        var used = objective.Uses(model).SelectMany(p => p.Module.parameters()).ToHashSet();
        Assert.All(used, p => Assert.NotNull(p.grad));
        Assert.All(model.parameters().Where(p => !used.Contains(p)), p => Assert.Null(p.grad));
    }

    /// <summary>Two layers of width 16 that read ten words, and a head of three tags at each.</summary>
    [Fact]
    public void A_word_costs_what_reads_it_and_the_head_once()
    {
        const double C = 16, T = 10, Matrices = 2 * 2 * 12 * C * C, Attention = 2 * 4 * T * C, Head = 2 * C * Tags;
        using var model = Build(Tagging(Small.Config, true));
        var objective = new TagEachWord(Question);
        double Flops(params IReadOnlyList<Part> train) => Ledger.FlopsPerToken(model, train, new(T, T), objective);
        Assert.Equal(3 * (Matrices + Attention + Head), Flops(objective.Uses(model)));
        Assert.Equal(Matrices + Attention + 2 * Head, Flops(model.HeadOf(Question)));
    }

    /// <summary>A tag says what the word before is, so that a word alone does not tell it.</summary>
    [Theory, MemberData(nameof(Ways))]
    public void A_small_model_learns_the_tags_of_the_words_of_a_language(ModelConfig kind)
    {
        var language = Lingua.Preset("tiny", 1);
        IReadOnlyList<Example> texts = [.. language.Sample(60, 1).Select(d => d.Ids).Select(ids => new Example(ids,
            [.. ids.Select((_, t) => t == 0 ? 2 : ids[t - 1] % 2)]))];
        var longest = texts.Max(e => e.Source.Length) + 1;
        var config = kind with { Vocabulary = language.Vocabulary, Context = longest, Width = 32, Layers = 1,
            SourceVocabulary = kind.SourceVocabulary is null ? null : language.Vocabulary, SourceContext = longest };
        using var model = Build(config);
        var corpus = Corpus.OfTranslations(texts, 0);
        Dataset data = new("tags of tiny", "0", Tags, 0, corpus, corpus)
            { Question = Question, SourceVocabulary = language.Vocabulary };
        var aim = TaskAims.For(data);
        new Trainer("tags", model, aim, new TrainingOptions { BatchRows = 16, Evaluations = 1 }, new Generator(5))
            .Train([new Stage("learn", [aim], aim.Objective.Uses(model), 40 * corpus.Tokens)
                { Schedule = new() { Peak = 1e-2 } }], _ => { });
        var logs = new Tagger(model, Question).LogProbabilities(texts).SelectMany(l => l).ToList();
        Assert.True(logs.Count(l => l > Math.Log(0.5)) >= 0.98 * logs.Count,
            $"{logs.Count(l => l > Math.Log(0.5))} of {logs.Count}");
    }

    [Fact]
    public void The_aim_of_a_task_is_to_tag_where_its_targets_have_several_words()
    {
        Dataset Of(string? question, params IReadOnlyList<Example> examples)
        {
            var corpus = Corpus.OfTranslations(examples, 0);
            return new("task", "0", Tags, 0, corpus, corpus) { Question = question, SourceVocabulary = 11 };
        }
        Assert.Equal(new TagEachWord("tags"), TaskAims.For(Of("tags", new([3], [1]), new([3, 4], [1, 0]))).Objective);
        Assert.Equal(new Classification("tags"), TaskAims.For(Of("tags", new([3, 4], [1]), new([3], [0]))).Objective);
        Assert.Equal(new CausalLm(), TaskAims.For(Of(null, [new([3, 4], [1, 0])])).Objective);
        Assert.Equal(new CausalLm(), TaskAims.For(Small.Data).Objective);
        var tags = Of("tags", [new([3, 4], [1, 0])]);
        Assert.Same(tags, TaskAims.For(tags).Data);
    }
}
