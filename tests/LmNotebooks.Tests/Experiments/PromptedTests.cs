using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Lessons;
using LmNotebooks.Questions;
using LmNotebooks.Strategies;

namespace LmNotebooks.Tests.Experiments;

public class PromptedTests
{
    private const int Seed = 1;
    private const string Preset = "zero-shot-2";
    private static readonly Prompted Natural = new("natural", Preset, new Trained("model", new Joint()));
    private static readonly Scale Scale = Scale.Ci with { TestDocuments = 150 };
    private static readonly (IDistribution Truth, Material Material) World = new Texts(Preset).Draw(Scale, Seed);

    private static double Of(Measurement measurement, Prompted arm)
    {
        var (model, _) = arm.Make("run", World.Material, Scale, Seed, _ => { });
        return measurement.Of(World.Truth, model, World.Material.GoalData);
    }

    private static double Accuracy(Prompted arm, Latent which) => Of(PromptMeasurements.OfAccuracy(which), arm);

    [Fact]
    public void The_language_itself_answers_almost_as_well_as_can_be_and_with_permuted_words_by_chance()
    {
        var exact = Natural with { Exact = true };
        Assert.InRange(Of(PromptMeasurements.OfBayes(Latent.Topic), exact), 0.98, 1);
        Assert.InRange(Accuracy(exact, Latent.Topic), 0.98, 1);
        Assert.InRange(Accuracy(exact, Latent.Polarity), 0.95, 1);
        Assert.InRange(Accuracy(exact with { Permuted = true }, Latent.Topic), 0.12, 0.4);
        Assert.InRange(Accuracy(exact with { Permuted = true }, Latent.Polarity), 0.35, 0.65);
    }

    [Fact]
    public void The_form_that_the_language_speaks_gives_its_own_answer()
    {
        var form = Natural with { Exact = true, Openers = [], Calibrated = false };
        foreach (var (which, bayes) in new[] { Latent.Topic, Latent.Polarity }
            .Select(w => (w, PromptMeasurements.OfBayes(w))))
            Assert.Equal(Of(bayes, form), Accuracy(form, which), 1e-9);
    }

    [Fact]
    public void One_of_several_openers_is_taken_and_what_a_model_says_of_text_stays_as_it_was()
    {
        var chosen = Accuracy(Natural, Latent.Topic);
        Assert.Contains(chosen, Prompted.Determiners.Select(word =>
            Accuracy(Natural with { Openers = [word] }, Latent.Topic)));
        Assert.Equal(chosen, Accuracy(Natural, Latent.Topic));
        var data = World.Material.GoalData;
        var (model, _) = Natural.Model.Make("run", World.Material, Scale, Seed, _ => { });
        var (asked, result) = Natural.Make("run", World.Material, Scale, Seed, _ => { });
        Assert.Equal(data.Loss(model), data.Loss(asked), 1e-6);
        Assert.InRange(result.Tokens, 29_000, 31_000);
        Assert.Equal(double.NaN, PromptMeasurements.OfAccuracy(Latent.Topic).Of(World.Truth, model, data));
    }

    [Fact]
    public void Texts_that_are_asked_about_are_those_of_who_learns_from_answers_and_no_training_texts()
    {
        var (truth, material) = new Labels(Preset,
            [new("topic", (language, _) => new PromptedLabel(language, Latent.Topic))])
            .Draw(Scale, Seed);
        var asked = material.GoalData.Test.Examples;
        Assert.Equal(Of(PromptMeasurements.OfBayes(Latent.Topic), Natural),
            LmNotebooks.Measures.Accuracy.Of((PromptedLabel)truth, asked).Mean);
        Assert.Equal(Scale.TestDocuments, asked.Count);
        var read = World.Material.GoalData.Train.Documents.Select(d => string.Join(' ', d)).ToList();
        Assert.All(asked, e => Assert.DoesNotContain(read, d => d.StartsWith(string.Join(' ', e.Source))));
    }

    [Fact]
    public void All_that_is_done_to_a_model_is_said_of_a_run()
    {
        Prompted[] arms =
        [
            Natural, Natural with { Openers = ["a"] }, Natural with { Openers = [] },
            Natural with { Calibrated = false },
            Natural with { Permuted = true }, Natural with { Exact = true },
        ];
        var said = arms.Select(arm => arm.Describe(Scale)["adapted"]!.ToString()).ToList();
        Assert.Equal(arms.Length, said.Distinct().Count());
        Assert.Equal("after the or some or a, calibrated", said[0]);
    }
}
