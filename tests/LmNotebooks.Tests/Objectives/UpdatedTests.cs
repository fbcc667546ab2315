using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Objectives;

/// <summary>The loss of a model with an update of its weights, and what the gradient of the update is.</summary>
[Collection(nameof(Alone))]
public sealed class UpdatedTests
{
    private static IEnumerable<Parameter> Weights(Model model) => model.Body.Module.parameters();

    public static TheoryData<ModelConfig> Kinds => new(Small.Kinds);

    /// <summary>A model whose body is updated, by numbers that are not 0 any more.</summary>
    private static (LanguageModel Model, Updated Objective) Drawn(ModelConfig config, ScalarType type, int rank = 2)
    {
        using var generator = new Generator(1);
        var model = LanguageModel.Of(config, generator);
        model.to(type);
        foreach (var p in model.parameters()) p.requires_grad = false;
        var update = new WeightUpdate("update", model, Weights, rank);
        using (no_grad())
            foreach (var p in update.parameters())
                p.copy_(randn(p.shape, generator: generator).mul(0.1));
        return (model, new(new CausalLm(), update));
    }

    private static Loss Of(LanguageModel model, IObjective objective) =>
        objective.Of(model, Small.Data.Train.Take([0, 1, 2, 3], CPU), new Generator(2));

    private static double Value(LanguageModel model, IObjective objective)
    {
        using var off = no_grad();
        return Of(model, objective).Mean.item<double>();
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_gradient_is_what_the_loss_changes_by(ModelConfig config)
    {
        var (model, objective) = Drawn(config, float64);
        Of(model, objective).Mean.backward();
        foreach (var p in objective.Update.parameters())
        {
            // along its own gradient the loss changes by the square of that
            const double Step = 1e-5;
            var direction = p.grad! / p.grad!.norm();
            double At(double step)
            {
                using (no_grad()) p.add_(direction * step);
                var value = Value(model, objective);
                using (no_grad()) p.sub_(direction * step);
                return value;
            }
            var slope = (At(Step) - At(-Step)) / (2 * Step);
            Assert.Equal(p.grad!.norm().item<double>(), slope, 1e-6);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_passes_that_stand_for_the_definition_give_the_same_gradient(ModelConfig config)
    {
        var (single, fast) = Drawn(config, float32);
        var (twice, exact) = Drawn(config, float64);
        Of(single, fast).Mean.backward();
        Of(twice, exact).Mean.backward();
        Assert.All(fast.Update.parameters().Zip(exact.Update.parameters()), pair =>
            Assert.True(pair.First.grad!.to(float64).allclose(pair.Second.grad!, 1e-3, 1e-5)));
    }

    [Fact]
    public void The_loss_is_that_of_the_model_that_has_the_update_in_its_weights()
    {
        var (model, objective) = Drawn(Small.Config, float64);
        var (other, _) = Drawn(Small.Config, float64);
        using (no_grad())
            foreach (var (w, value) in Weights(other).Zip(objective.Update.Values)) w.add_(value);
        var loss = Of(model, objective);
        Assert.Equal(Value(other, new CausalLm()), loss.Mean.item<double>(), 1e-12);
        Assert.Equal(40, loss.Targets);
    }

    [Fact]
    public void What_was_added_before_is_taken_off_again()
    {
        var (model, objective) = Drawn(Small.Config, float64);
        var before = LmNotebooks.Tests.Weights.Copy(model);
        Value(model, objective);
        using (no_grad()) foreach (var p in objective.Update.parameters()) p.zero_();
        Value(model, objective);
        Assert.All(LmNotebooks.Tests.Weights.Copy(model), w => Assert.True(w.Value.allclose(before[w.Key], 0, 1e-12)));
    }

    [Fact]
    public void An_update_begins_at_zero_and_so_changes_nothing()
    {
        using var generator = new Generator(1);
        var model = LanguageModel.Of(Small.Config, generator);
        var before = LmNotebooks.Tests.Weights.Hash(model);
        var update = new WeightUpdate("update", model, Weights, 3);
        update.Part.Draw!(generator);
        Assert.Equal(Value32(model, new CausalLm()), Value32(model, new Updated(new CausalLm(), update)));
        Assert.Equal(before, LmNotebooks.Tests.Weights.Hash(model));
        static float Value32(LanguageModel model, IObjective objective)
        {
            using var off = no_grad();
            return Of(model, objective).Mean.item<float>();
        }
    }

    /// <summary>B A with A = 1 is B, whatever that is.</summary>
    [Fact]
    public void With_full_rank_an_update_makes_any_model_of_its_shape_of_another()
    {
        using var generator = new Generator(7);
        var (model, objective) = Drawn(Small.Config, float64, rank: 64);
        var (goal, _) = Drawn(Small.Config, float64);
        using (no_grad())
        {
            foreach (var w in Weights(goal)) w.add_(randn(w.shape, dtype: float64, generator: generator));
            var factors = new Queue<Parameter>(objective.Update.parameters());
            foreach (var (w, its) in Weights(model).Zip(Weights(goal)))
            {
                factors.Dequeue().zero_().narrow(w.dim() - 1, 0, w.size(-1)).copy_(its - w);
                if (w.dim() == 2) factors.Dequeue().zero_().narrow(0, 0, w.size(1)).copy_(eye(w.size(1)));
            }
        }
        Assert.Equal(Value(goal, new CausalLm()), Value(model, objective), 1e-12);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Frozen_weights_have_no_gradient_afterwards(ModelConfig config)
    {
        var (model, objective) = Drawn(config, float32);
        Of(model, objective).Mean.backward();
        Assert.All(model.parameters(), p => Assert.True(p.grad is null && !p.requires_grad));
    }

    /// <summary>Forward; back through all that is frozen; and the update, twice.</summary>
    [Fact]
    public void The_ledger_counts_the_way_back_through_the_frozen_body()
    {
        const double C = 16, T = 10, V = 12, Layer = 24 * C * C, Attention = 4 * T * C, Head = 2 * C * V;
        using var generator = new Generator(1);
        var model = LanguageModel.Of(Small.Config, generator);
        var update = new WeightUpdate("update", model, m => m.Body.Module.modules()
            .OfType<LmNotebooks.Models.Attention>().SelectMany(a => a.parameters()).Where(w => w.dim() == 2));
        Assert.Equal(2 * (2 * Layer + 3 * Attention) + 2 * Head + 2 * 2 * (2 * 4 * C * C),
            Ledger.FlopsPerToken(model, [update.Part], (long)T, new Updated(new CausalLm(), update)));
    }
}
