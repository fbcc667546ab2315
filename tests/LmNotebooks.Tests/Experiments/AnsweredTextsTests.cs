using LmNotebooks.Charts;
using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Lessons;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;

namespace LmNotebooks.Tests.Experiments;

/// <summary>A text and labelled texts of the reader's own.</summary>
[Collection(nameof(Alone))]
public sealed class AnsweredTextsTests : IDisposable
{
    private static readonly Scale Tiny = Small.Scale with { TrainTokens = 1_000, TestDocuments = 15, Labels = 24 };

    private readonly Small.Folder folder = new();
    private readonly string labelled, text;

    public AnsweredTextsTests() => (labelled, text) = (folder.File("labelled.csv"), folder.File("text.txt"));

    public void Dispose() => folder.Dispose();

    private static string Sentence(int n) => $"The {(n % 2 == 0 ? "cat" : "dog")} has the number {n}.";

    private static IEnumerable<LabelledText> Texts(int count, int labels = 2) =>
        Enumerable.Range(0, count).Select(n => new LabelledText(Sentence(n), $"label {n % labels}"));

    /// <summary>A text that begins with all of the labelled texts.</summary>
    private AnsweredTexts World(IEnumerable<LabelledText>? texts = null, int lines = 600)
    {
        LabelledFile.Write(labelled, texts ?? Texts(60));
        File.WriteAllLines(text, Enumerable.Range(0, lines).Select(Sentence));
        return new AnsweredTexts(labelled, text);
    }

    private static IEnumerable<string> Said(IEnumerable<int[]> texts) => texts.Select(t => string.Join(' ', t));

    [Fact]
    public void A_seed_has_answers_to_learn_from_others_to_be_tested_on_and_a_text_and_the_same_every_time()
    {
        var world = World();
        var (truth, material) = world.Draw(Tiny, 1);
        var (answers, read) = (material.GoalData, material.Data[1]);
        Assert.Null(truth);
        Assert.Equal(["label 0", "label 1"], world.Labels);
        Assert.Equal((2, "label", 24, 15), (answers.Vocabulary, answers.Question, answers.Train.Rows,
            answers.Test.Rows));
        Assert.Equal((answers.SourceVocabulary, 64, 16), (read.Vocabulary, read.Train.Length, read.Train.Rows));
        Assert.Empty(Said(answers.Train.Sources!).Intersect(Said(answers.Test.Sources!)));
        Assert.Empty(Said(read.Train.Documents).Intersect(Said(read.Test.Documents)));

        var again = new AnsweredTexts(labelled, text).Draw(Tiny, 1).Material;
        Assert.Equal(material.Data.Select(d => d.Hash), again.Data.Select(d => d.Hash));
        Assert.Equal(answers.Train.Examples, again.GoalData.Train.Examples, (a, b) => a.Source.SequenceEqual(b.Source)
            && a.Target.SequenceEqual(b.Target));
        Assert.Equal(read.Train.Documents, again.Data[1].Train.Documents);
        var other = world.Draw(Tiny, 2).Material;
        Assert.NotEqual(answers.Hash, other.GoalData.Hash);
        Assert.NotEqual(Said(answers.Test.Sources!), Said(other.GoalData.Test.Sources!));
        Assert.Subset(Said(world.Draw(Tiny with { Labels = 30 }, 1).Material.GoalData.Train.Sources!).ToHashSet(),
            Said(answers.Train.Sources!).ToHashSet());
    }

    [Fact]
    public void Answers_are_the_labels_in_ordinal_order_and_there_may_be_more_than_two()
    {
        var world = World([.. Texts(58, 3), new("Zero.", "Zero"), new("None.", "ä")]);
        Assert.Equal(["Zero", "label 0", "label 1", "label 2", "ä"], world.Labels);
        var answers = world.Draw(Tiny with { Labels = 45 }, 1).Material.GoalData;
        Assert.Equal(5, answers.Vocabulary);
        var right = answers.Train.Examples.Concat(answers.Test.Examples).Select(e => e.Target.Single());
        Assert.Equal([1, 20, 19, 19, 1], right.CountBy(a => a).OrderBy(c => c.Key).Select(c => c.Value));
    }

    [Fact]
    public void No_line_of_a_labelled_text_is_read_before()
    {
        var all = World(lines: 60 + 400).Draw(Tiny with { TrainTokens = 1_000_000 }, 1).Material.Data[1];
        File.WriteAllLines(text, Enumerable.Range(60, 400).Select(Sentence));
        var unseen = new AnsweredTexts(labelled, text).Draw(Tiny with { TrainTokens = 1_000_000 }, 1).Material.Data[1];
        Assert.Equal(unseen.Train.Documents, all.Train.Documents);
    }

    [Fact]
    public void Of_long_texts_a_block_is_read_and_those_that_begin_alike_for_so_long_count_once()
    {
        var begin = string.Join(' ', Enumerable.Range(0, 100).Select(n => $"{n * n}"));
        var texts = Texts(60).Append(new($"{begin} one", "label 0")).Append(new($"{begin} two", "label 1"));
        var answers = World(texts).Draw(Tiny with { Labels = 61 - Tiny.TestDocuments }, 1).Material.GoalData;
        var all = answers.Train.Sources!.Concat(answers.Test.Sources!).ToList();
        Assert.Equal((61, 64), (all.Count, all.Max(t => t.Length)));
    }

    [Fact]
    public void What_is_asked_of_too_few_texts_or_too_little_text_is_refused_in_one_sentence()
    {
        Assert.Equal($"{labelled} has 60 different texts, and 512 to learn from and 15 to test on are 527: label more, "
            + "or take a scale with fewer Labels or TestDocuments.",
            Assert.Throws<ArgumentException>(() => World().Draw(Tiny with { Labels = 512 }, 1)).Message);
        Assert.Matches($"^{text} has 0 blocks of 64 tokens besides the labelled texts: take more text.$",
            Assert.Throws<InvalidDataException>(() => World(lines: 60).Labels).Message);
    }

    [Fact]
    public void A_text_that_would_tell_the_labels_is_refused_in_one_sentence()
    {
        foreach (var around in new[] { labelled, folder.Path, Path.Combine(folder.Path, "..") })
            Assert.Equal($"{labelled} is part of the text {around}, which would tell the labels before they are asked "
                + "for: keep them apart.",
                Assert.Throws<ArgumentException>(() => new AnsweredTexts(labelled, around)).Message);
    }

    [Fact]
    public async Task Strategies_with_few_answers_and_with_more_are_compared_by_their_accuracy()
    {
        var gpt = new PretrainThenFineTune { PretrainingShare = 1, Epochs = 20 };
        var own = FewAnswers.On(World(Texts(200)), [6, 12],
            ("GPT", gpt), ("BERT", gpt with { Pretraining = new MaskedLm() }),
                ("scratch", gpt with { PretrainingShare = 0 }));
        var runs = await new Runner(own, Tiny, new RunStore(folder.File("records"))) { Seeds = 1 }.RunAsync();
        Assert.All(runs, run => Assert.True(run.Finished, run.Result?.Error));
        Assert.Equal(["GPT, 6 answers", "BERT, 6 answers", "scratch, 6 answers", "bag of tokens, 6 answers",
            "GPT, 12 answers", "BERT, 12 answers", "scratch, 12 answers", "bag of tokens, 12 answers"],
            ArmTable.Of(runs, "accuracy").Rows.Select(row => row[0]));
        Assert.Equal([6, 6, 6, 6, 12, 12, 12, 12], runs.Select(run => run.Result!.Labels));
        Assert.All(runs, run => Assert.Equal(["accuracy", "loss", "unigram loss"], run.Result!.Measures.Keys));
        Assert.Equal(1, runs.Single(r => r.Header.Arm == "bag of tokens, 12 answers").Result!.Measures["accuracy"]);
    }

    [Fact]
    public void Of_more_than_two_labels_there_is_no_logistic_regression() => Assert.Equal(["joint, 8 answers"],
        FewAnswers.On(World(Texts(60, 3)), [8], ("joint", new Joint())).Arms.Select(arm => arm.Name));

    [Fact]
    public async Task The_cell_of_the_notebook_runs_on_the_texts_that_every_reader_has()
    {
        var labelled = DotnetSummaries.In(folder.Path);
        var text = DotnetDocumentation.In(folder.Path);
        var gpt = new PretrainThenFineTune { PretrainingShare = 1, Epochs = 20 };
        var own = FewAnswers.On(new AnsweredTexts(labelled, text), [32],
            ("GPT", gpt), ("scratch", gpt with { PretrainingShare = 0 }));
        var runs = await new Runner(own, Scale.Ci, new RunStore(folder.File("records"))) { Seeds = 1 }.RunAsync();
        Assert.All(runs, run => Assert.True(run.Finished, run.Result?.Error));
        Assert.Equal([32, 32, 32], runs.Select(run => run.Result!.Labels));
    }
}
