using FsCheck.Xunit;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Objectives;

/// <summary>What one gradient is made of those of several tasks.</summary>
public sealed class CombinedTests
{
    private static readonly ModelConfig Reader =
        Small.Config with { Classes = new Dictionary<string, int> { ["mood"] = 2, ["topic"] = 3 } };

    private static Model Build(ModelConfig config) => config.Build(new Generator(1));

    /// <summary>Texts of 1 to 6 words with an answer each.</summary>
    private static Dataset Answered(string question, int answers, int seed)
    {
        var random = new Random(seed);
        var corpus = Corpus.OfAnswers([.. Enumerable.Range(0, 20).Select(_ => new Example(
            [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => random.Next(2, 11))], [random.Next(answers)]))], 0);
        return new(question, "0", answers, 0, corpus, corpus) { Question = question, SourceVocabulary = 11 };
    }

    private static readonly Aim Mood = Aim.For(Answered("mood", 2, 1)), Topic = Aim.For(Answered("topic", 3, 2));

    private static readonly long[] Rows = [3, 1, 4, 1, 5];

    private static Batch GoalBatch => Mood.Data!.Train.Take(Rows, CPU);

    /// <summary>What a combination draws for another task from such a generator, as its first draw.</summary>
    private static Batch Drawn(Aim other, int seed)
    {
        using var generator = new Generator((ulong)seed);
        var numbers = randint(0, other.Data!.Train.Rows, new long[] { Rows.Length }, int64, generator: generator);
        return other.Data.Train.Take(numbers.data<long>().ToArray(), CPU);
    }

    /// <summary>The gradients of all weights, by name; zeros where there is none.</summary>
    private static Dictionary<string, Tensor> Gradients(Model model, Tensor loss)
    {
        foreach (var p in model.parameters()) p.grad = null;
        loss.backward();
        return model.named_parameters().ToDictionary(p => p.name, p => (p.parameter.grad ?? zeros_like(p.parameter))
            .clone());
    }

    private static (Dictionary<string, Tensor> Goal, Dictionary<string, Tensor> Other) Apart(Model model) =>
        (Gradients(model, Mood.Objective.Of(model, GoalBatch, new Generator(7)).Mean),
            Gradients(model, Topic.Objective.Of(model, Drawn(Topic, 7), new Generator(7)).Mean));

    private static void AreClose(Tensor expected, Tensor actual) =>
        Assert.True(expected.allclose(actual, 1e-4, 1e-6), $"{(expected - actual).abs().max().item<float>()}");

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(5, 0)]
    public void A_weighted_sum_has_the_weighted_gradients_of_its_tasks(double w, double v)
    {
        using var model = Build(Reader);
        var (goal, other) = Apart(model);
        var sum = new WeightedSum(Mood.Objective, [Topic]) { Weights = [w, v] };
        var gradients = Gradients(model, sum.Of(model, GoalBatch, new Generator(7)).Mean);
        var scale = 2 / (w + v);
        Assert.All(gradients, g => AreClose(goal[g.Key] * (w * scale) + other[g.Key] * (v * scale), g.Value));
    }

    [Fact]
    public void Weights_that_are_no_weights_are_refused_in_one_sentence()
    {
        string Refused(params double[] weights) => Assert.Throws<ArgumentException>(() =>
            new WeightedSum(Mood.Objective, [Topic]) { Weights = weights }).Message;
        Assert.StartsWith("There are 1 weights for 2 tasks: ", Refused(1));
        Assert.StartsWith("The weights are 1, -1: ", Refused(1, -1));
        Assert.StartsWith("The weights are 0, 0: ", Refused(0, 0));
        Assert.Equal([0.5, 1.5], new WeightedSum(Mood.Objective, [Topic]) { Weights = [2, 6] }.Weights);
        using var model = Build(Reader);
        Assert.Equal("'topic' is learned beside a goal and names no data: give its aim a data set.",
            Assert.Throws<ArgumentException>(() => new WeightedSum(Mood.Objective, [Topic with { Data = null }])
                .Of(model, GoalBatch, new Generator(7))).Message);
    }

    /// <summary>Weights are set to s = ln(2 L), where the derivative 1/2 - exp(-s) L is 0.</summary>
    [Fact]
    public void An_uncertainty_is_best_at_the_logarithm_of_twice_the_loss()
    {
        using var model = Build(Reader);
        var uncertainty = new TaskUncertainty("uncertainty", model, 2);
        var combined = new UncertaintyWeighting(Mood.Objective, [Topic], uncertainty);
        Tensor Of() => combined.Of(model, GoalBatch, new Generator(7)).Mean;
        double[] losses = [Mood.Objective.Of(model, GoalBatch, new Generator(7)).Mean.item<float>(),
            Topic.Objective.Of(model, Drawn(Topic, 7), new Generator(7)).Mean.item<float>()];
        Assert.Equal(losses.Sum(), Of().item<float>(), 1e-5);
        using (no_grad()) uncertainty.S.copy_(tensor(losses.Select(l => (float)Math.Log(2 * l)).ToArray()));
        var best = Of();
        best.backward();
        Assert.All(uncertainty.parameters().Single().grad!.data<float>().ToArray(), g => Assert.Equal(0, g, 1e-5));
        Assert.Equal(losses.Sum(l => 0.5 + Math.Log(2 * l) / 2), best.item<float>(), 1e-5);
        Assert.Equal(["uncertainty"], combined.Temporary.Select(p => p.Name));
    }

    /// <summary>Half the squared distance of a head's biases from a point, and what is added of another's.</summary>
    private sealed record Quadratic(string Question, float[] Point, string? Own = null) : IObjective
    {
        public string Name => Question;
        public bool Answers => true;
        public IReadOnlyList<Part> Uses(Model model) =>
            [model.HeadOf(Question), .. Own is null ? Array.Empty<Part>() : [model.HeadOf(Own)]];

        public Loss Of(Model model, Batch batch, Generator generator)
        {
            var loss = (Bias(model, Question) - tensor(Point)).square().sum() / 2;
            return new(Own is null ? loss : loss + Bias(model, Own).sum(), 1);
        }
    }

    private static Parameter Bias(Model model, string question) => model.HeadOf(question).Module.parameters().Last();

    /// <summary>At 0 the gradients are (-1, 0) and (1, -1): they conflict, and become (-1/2, -1/2) and (0,
    /// -1).</summary>
    [Fact]
    public void Conflicting_gradients_are_projected_off_each_other_and_those_of_own_weights_are_not()
    {
        using var model = Build(Reader);
        using (no_grad()) foreach (var question in Reader.Classes.Keys) Bias(model, question).zero_();
        var combined = new PcGrad(new Quadratic("mood", [1, 0]),
            [Topic with { Objective = new Quadratic("mood", [-1, 1], Own: "topic") }]) { BatchRows = 5 };
        Bias(model, "mood").grad = ones(2);   // what is there already stays, and is added to
        var loss = combined.Of(model, GoalBatch, new Generator(7)).Mean;
        loss.backward();
        Assert.Equal(1.5, loss.item<float>(), 1e-6);
        AreClose(tensor(new[] { 0.5f, -0.5f }), Bias(model, "mood").grad!);
        AreClose(ones(3), Bias(model, "topic").grad!);
    }

    [Fact]
    public void Of_a_model_the_gradients_of_shared_parts_are_projected_and_heads_have_their_own()
    {
        using var model = Build(Reader);
        var (goal, other) = Apart(model);
        string[] shared = [.. goal.Keys.Where(n => goal[n].any().item<bool>() && other[n].any().item<bool>())];
        Assert.NotEmpty(shared);
        Assert.DoesNotContain(shared, n => n.Contains("head"));
        Tensor Flat(Dictionary<string, Tensor> g) => cat([.. shared.Select(n => g[n].flatten())]);
        var expected = PcGrad.Projected([Flat(goal), Flat(other)], new Generator(3)).Aggregate((a, b) => a + b);
        var combined = new PcGrad(Mood.Objective, [Topic]) { BatchRows = 5 };
        var gradients = Gradients(model, combined.Of(model, GoalBatch, new Generator(7)).Mean);
        AreClose(expected, Flat(gradients));
        Assert.All(gradients.Keys.Except(shared), n => AreClose(goal[n] + other[n], gradients[n]));
    }

    [Property(MaxTest = 200)]
    public void The_sum_of_two_conflicts_with_neither_and_without_conflict_no_gradient_is_changed(int seed)
    {
        var random = new Random(seed);
        Tensor Draw() => tensor(Enumerable.Range(0, 3).Select(_ => 2 * random.NextDouble() - 1).ToArray());
        Tensor g = Draw(), h = Draw();
        var projected = PcGrad.Projected([g, h], new Generator(1));
        var agree = g.dot(h).item<double>() >= 0;
        Assert.Equal(agree, projected[0].equal(g).all().item<bool>() && projected[1].equal(h).all().item<bool>());
        var sum = projected[0] + projected[1];
        Assert.All([g, h], one => Assert.True(sum.dot(one).item<double>() >= -1e-12));
        Assert.True(projected[0].norm().item<double>() <= g.norm().item<double>() + 1e-12);
        // how large the other is does not matter
        Assert.True(PcGrad.Projected([g, 9 * h], new Generator(1))[0].allclose(projected[0], 1e-9, 1e-12));
        Assert.Equal([0, 0, 0], PcGrad.Projected([g, zeros(3, float64)], new Generator(1))[1].data<double>().ToArray());
    }

    [Fact]
    public void Without_gradients_each_combination_is_the_goal_alone_and_draws_nothing()
    {
        using var model = Build(Reader);
        using var off = no_grad();
        var goal = Mood.Objective.Of(model, GoalBatch, new Generator(7));
        foreach (var combined in Combinations(model, Mood, [Topic]))
        {
            var (used, unused) = (new Generator(7), new Generator(7));
            var loss = combined.Of(model, GoalBatch, used);
            Assert.Equal((goal.Mean.item<float>(), goal.Targets), (loss.Mean.item<float>(), loss.Targets));
            Assert.Equal(rand(1, generator: unused).item<float>(), rand(1, generator: used).item<float>());
            Assert.Equal(new Classifier(model, "mood"), combined.Says(model));
        }
    }

    private static Combined[] Combinations(Model model, Aim goal, Aim[] others) =>
    [
        new WeightedSum(goal.Objective, others),
        new UncertaintyWeighting(goal.Objective, others, new("uncertainty", model, others.Length + 1)),
        new PcGrad(goal.Objective, others) { BatchRows = Rows.Length },
    ];

    private static readonly Aim Translated = new(new CausalLm(), Small.TranslationData);

    public static TheoryData<int> Goals => new([0, 1, 2]);

    /// <summary>A backward pass for each task, of as many rows as the goal has, at the mean cost of a row; and the
    /// products of gradients.</summary>
    [Theory, MemberData(nameof(Goals))]
    public void The_ledger_counts_every_task_and_what_is_done_with_the_gradients(int goal)
    {
        using var model = Build(Small.Translator with { Classes = Reader.Classes });
        List<Aim> others = [Mood, Topic, Translated];
        var first = others[goal];
        others.RemoveAt(goal);
        double Cost(Aim aim, params IEnumerable<long> rows) => Ledger.Counter(model,
            aim.Objective.Uses(model), aim.Objective)(aim.Data!.Train.Extents(rows));
        double Mean(Aim aim) => Cost(aim, Enumerable.Range(0, aim.Data!.Train.Rows).Select(n => (long)n))
            / aim.Data.Train.Rows;
        var expected = Cost(first, Rows) + Rows.Length * others.Sum(Mean);
        var translator = (EncoderDecoder)model;
        var shared = translator.Source.Module.parameters().Concat(translator.Encoder.Module.parameters())
            .Sum(p => p.numel());
        foreach (var combined in Combinations(model, first, [.. others]))
        {
            // three squares, six products and six subtractions
            var surgery = combined is PcGrad ? 2.0 * (3 + 6 + 6) * shared : 0;
            var found = Ledger.Counter(model, combined.Uses(model), combined)(first.Data!.Train.Extents(Rows));
            Assert.Equal(1, found / (expected + surgery), 1e-9);
        }
    }
}
