using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Questions;
using LmNotebooks.Records;
using LmNotebooks.Strategies;

namespace LmNotebooks.Tests.Experiments;

[Collection(nameof(Alone))]
public class NewWordsTests
{
    private const string Preset = "zero-shot";
    private const int Seed = 3;

    private static readonly Scale Tiny = Scale.Ci with { TrainTokens = 4_000, TestDocuments = 5 };
    private static readonly Lingua Language = Lingua.Preset(Preset, Seed);
    private static readonly Material Material = new Texts(Preset).Draw(Tiny, Seed).Material;
    private static readonly Trained Plain = new("language model", new Joint());

    private static readonly NewWords Told =
        new("definition", Preset, Plain, new DefinitionMap()) { Defined = true, Contexts = 1 };

    [Fact]
    public void Arms_that_adapt_one_model_have_its_training_and_its_costs()
    {
        var (plainEvents, toldEvents) = (new List<RunEvent>(), new List<RunEvent>());
        var (plain, own) = Plain.Make("plain", Material, Tiny, Seed, plainEvents.Add);
        var (_, told) = Told.Make("told", Material, Tiny, Seed, toldEvents.Add);
        Assert.Equal(plainEvents.Select(e => (e.Step, e.TrainLoss, e.TestLoss)),
            toldEvents.Select(e => (e.Step, e.TrainLoss, e.TestLoss)));
        Assert.Equal((own.TestLoss, own.Flops, own.Parameters), (told.TestLoss, told.Flops, told.Parameters));
        Assert.Equal(Plain.Flops(Tiny, Material), Told.Flops(Tiny, Material));
        var copy = (ISequenceDistribution)TrainedOnce.Of(Plain, Material, Tiny, Seed, "again").Model();
        Assert.Equal(((ISequenceDistribution)plain).Next([5, 6]), copy.Next([5, 6]));
    }

    [Fact]
    public void An_arm_that_is_told_otherwise_describes_itself_otherwise() => Assert.Distinct(
        new[] { Told, Told with { Defined = false }, Told with { Contexts = 2 }, Told with { Calibrated = false },
            Told with { Method = new MeanVector() }, Told with { Method = new RowUpdate(Steps: 2) } }
        .Select(arm => arm.Describe(Tiny).ToJsonString()));

    [Fact]
    public void A_model_expects_the_one_new_word_that_is_asked_about_and_all_of_them_as_it_stands()
    {
        var reader = (INewWordReader)Told.Make("told", Material, Tiny, Seed, _ => { }).Model;
        var (one, other) = (Language.HeldOut.First(), Language.HeldOut.Last());
        double Chance(ISequenceDistribution model, Stem stem)
        {
            var next = model.Next(Language.Ids("the"));
            return Enumerable.Range(0, Language.Vocabulary).Where(id => Language.StemOf(id) == stem)
                .Sum(id => next[id]);
        }
        var saying = reader.Saying(one);
        Assert.True(Chance(saying, one) > 2 * Chance(reader.Saying(other), one));
        Assert.True(Chance(reader, one) > 2 * Chance(reader.Saying(other), one));
        Assert.Contains("was not added", Assert.Throws<ArgumentException>(() =>
            reader.Saying(one with { Form = "xyz" })).Message);
    }

    [Fact]
    public void Who_knows_the_language_knows_a_word_by_its_definition_and_something_of_it_by_a_context()
    {
        double Loss(ExactNewWords arm) => NewWordLoss.Of(Language,
            ((INewWordReader)arm.Make("exact", Material, Tiny, Seed, _ => { }).Model).Saying, Slot.Noun);
        var untold = Loss(new("untold", Preset));
        Assert.Equal(0, Loss(new("definition", Preset) { Defined = true }), 1e-9);
        Assert.InRange(Loss(new("two contexts", Preset) { Contexts = 2 }), 0, 0.8 * untold);
    }
}
