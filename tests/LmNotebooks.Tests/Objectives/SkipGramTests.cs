using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Objectives;

/// <summary>The loss of a batch against what is worked out by hand, where the noise has one word only, 4, so that
/// nothing is left to chance; and what the loss reaches.</summary>
public class SkipGramTests
{
    private const int Noise = 4;

    private static readonly ModelConfig Plane = new() { Vocabulary = 5, Context = 8, Width = 2, Layers = 1, Heads = 1 };
    private static readonly float[,] Words = { { 90, 80 }, { 1, 0 }, { 0, 1 }, { 1, 1 }, { 70, 60 } }; // w of 0 .. 4
    private static readonly float[,] Contexts = { { 50, 40 }, { 1, 2 }, { 1, -1 }, { 0, -1 }, { 1, 0 } }; // c of 0 .. 4

    private static float LogSigma(double x) => (float)-Math.Log(1 + Math.Exp(-x));

    private static Tensor Table(LanguageModel model) => model.named_parameters()
        .Single(p => p.name == "embedding.token.weight").parameter;

    /// <summary>A model with the vectors above, and the objective with the others.</summary>
    private static (LanguageModel Model, SkipGram Objective) Fixed()
    {
        var model = LanguageModel.Of(Plane, new Generator(1));
        var contexts = TemporaryPart.Vectors("contexts", model);
        using var off = no_grad();
        Table(model).copy_(tensor(Words));
        ((Embedding)contexts.Module).weight!.copy_(tensor(Contexts));
        return (model, new SkipGram(contexts) { Window = 1, Negatives = 2 });
    }

    private static Batch Of(params int[][] documents)
    {
        var corpus = Corpus.OfDocuments(documents, Plane.Start);
        return corpus.Take(corpus.InOrder(documents.Length).Single(),
            CPU) with { Corpus = Corpus.OfDocuments([[Noise]], Plane.Start) };
    }

    private static float Loss(params int[][] documents)
    {
        var (model, objective) = Fixed();
        return objective.Of(model, Of(documents), new Generator(1)).Mean.item<float>();
    }

    [Fact]
    public void The_loss_of_three_words_is_the_one_worked_out_by_hand()
    {
        float[] pairs =
        [
            -LogSigma(+1) - 2 * LogSigma(-1),     // 1 by 2: w.c is (1,0).(1,-1), w.n is (1,0).(1,0), twice
            -LogSigma(+2) - 2 * LogSigma(0),      // 2 by 1: (0,1).(1,2), (0,1).(1,0)
            -LogSigma(-1) - 2 * LogSigma(0),      // 2 by 3: (0,1).(0,-1), the same
            -LogSigma(0) - 2 * LogSigma(-1),      // 3 by 2: (1,1).(1,-1), (1,1).(1,0)
        ];
        Assert.Equal(pairs.Average(), Loss([1, 2, 3]), 1e-5f);
    }

    [Fact]
    public void Words_on_both_sides_are_near_as_far_as_the_window_goes()
    {
        var (model, objective) = Fixed();
        float Within(int window) => (objective with { Window = window })
            .Of(model, Of([1, 2, 3]), new Generator(1)).Mean.item<float>();
        var far = new[] { -LogSigma(0) - 2 * LogSigma(-1), -LogSigma(3) - 2 * LogSigma(-1) }; // 1 by 3 and 3 by 1
        Assert.Equal((4 * Within(1) + far.Sum()) / 6, Within(2), 1e-5f);
        Assert.Equal(Within(2), Within(7), 1e-5f); // there is nothing further away
    }

    [Fact]
    public void Padding_and_the_start_token_take_no_part()
    {
        int[] two = [3, 1], five = [1, 3, 3, 2, 1]; // 2 and 8 pairs
        Assert.Equal((2 * Loss(two) + 8 * Loss(five)) / 10, Loss(two, five), 1e-5f);

        var (model, objective) = Fixed();
        objective.Of(model, Of(two, five), new Generator(1)).Mean.backward();
        foreach (var vectors in new[] { Table(model), ((Embedding)objective.Contexts.Module).weight! })
        {
            var gradients = vectors.grad!.norm(1).data<float>().ToArray(); // of each word
            Assert.Equal(0, gradients[Plane.Start]);
            Assert.All(gradients[1..4], g => Assert.True(g > 0));
        }
    }

    [Theory, InlineData(null), InlineData(1)]
    public void Only_token_vectors_and_contexts_get_a_gradient(int? vectorWidth)
    {
        var model = LanguageModel.Of(Plane with { VectorWidth = vectorWidth }, new Generator(1));
        var objective = new SkipGram(TemporaryPart.Vectors("contexts", model));
        using (no_grad()) ((Embedding)objective.Contexts.Module).weight!.fill_(1); // at zero they would hide the words
        objective.Of(model, Of([1, 2, 3]), new Generator(1)).Mean.backward();
        var moved = model.named_parameters().Concat(objective.Contexts.Module.named_parameters())
            .Where(p => p.parameter.grad is { } g && g.abs().max().item<float>() > 0).Select(p => p.name);
        Assert.Equal(["embedding.token.weight", .. vectorWidth is null ? Array.Empty<string>()
            : ["embedding.widen.weight"], "weight"], moved.Order());
    }

    [Fact]
    public void A_factorised_embedding_is_trained_by_the_loss_of_the_vectors_that_its_factors_make()
    {
        var factorised = LanguageModel.Of(Small.Config with { VectorWidth = 5 }, new Generator(1));
        var whole = LanguageModel.Of(Small.Config, new Generator(2));
        var objective = new SkipGram(TemporaryPart.Vectors("contexts", factorised));
        using (no_grad())
        {
            Table(whole).copy_(factorised.Embedding.Module.Weight);
            ((Embedding)objective.Contexts.Module).weight!.normal_(generator: new Generator(3));
        }
        var batch = Small.Data.Train.Take([0, 1, 2], CPU);
        float Of(LanguageModel model) => objective.Of(model, batch, new Generator(4)).Mean.item<float>();
        Assert.Equal(Of(whole), Of(factorised), 1e-5f);
    }

    [Fact]
    public void Hierarchical_training_goes_with_a_factorised_embedding()
    {
        var generator = new Generator(1);
        var strategy = new HierarchicalTraining();
        var model = strategy.Build(Small.Config with { VectorWidth = 5 }, generator);
        var events = new List<RunEvent>();
        new Trainer("test", model, Small.Data, Small.Scale.Options, generator)
            .Train(strategy.Stages(model, Small.Plan(8_000, Small.Scale.Schedule)), events.Add);
        var words = events.Where(e => e.Stage == "word vectors").Select(e => e.ObjectiveLoss!.Value).ToList();
        Assert.True(words[^1] < words[0] - 0.2, $"word vectors from {words[0]} to {words[^1]}");
        Assert.True(events[^1].TestLoss < events[0].TestLoss - 0.2,
            $"text from {events[0].TestLoss} to {events[^1].TestLoss}");
    }

    [Fact]
    public void A_batch_without_a_pair_teaches_nothing() => Assert.Equal(0, Loss([1], [2]));
}
