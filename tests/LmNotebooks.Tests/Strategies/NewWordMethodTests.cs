using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Questions;
using LmNotebooks.Strategies;

namespace LmNotebooks.Tests.Strategies;

[Collection(nameof(Alone))]
public class NewWordMethodTests
{
    private static readonly Lingua Language = Lingua.Preset("zero-shot", 1);
    private static readonly Lingua Plain = NewWordTexts.WithoutDefinitions(Language);
    private static readonly List<int[]> Old = [.. Language.Sample(120, 5).Select(d => d.Ids)];
    private static readonly Stem Noun = Language.HeldOut.First(s => s.Slot == Slot.Noun);

    public static TheoryData<INewWordMethod> Methods =>
    [
        new MeanVector(), new RandomVector(), new UnknownWord(), new SubwordSum(), new DefinitionMap(),
        new MeanContext(), new ALaCarte(2), new RowUpdate(Steps: 3), new AnotherWord(new DefinitionMap()),
    ];

    [Fact]
    public void Every_method_is_tried_here() => Assert.Equal(
        typeof(INewWordMethod).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(INewWordMethod)) && t.IsClass)
            .Select(t => t.Name).Order(), Methods.Select(m => m.Data.GetType().Name).Order());

    [Theory, MemberData(nameof(Methods))]
    public void A_method_makes_a_vector_of_the_form_and_the_texts_and_knows_nothing_of_the_meaning(
        INewWordMethod method)
    {
        using var model = Model();
        var space = new StemSpace(Language, model, Slot.Noun);
        var weights = model.Rows();
        IReadOnlyList<int[]> texts = [Language.Reveal(Noun).Definition(Noun), .. Contexts(2)];
        double[] Of(Stem stem) => method.Prepare(space, Old, 1)(stem, texts);
        var guess = Of(Noun);
        Assert.Equal(model.Config.Width, guess.Length);
        Assert.All(guess, x => Assert.True(double.IsFinite(x)));
        Assert.Equal(guess, Of(Noun with { Topic = (Noun.Topic + 1) % 4, Valence = 1 - Noun.Valence, Class = 1 }));
        Assert.All(weights.Zip(model.Rows()), row => Assert.Equal(row.First.Vector, row.Second.Vector));
        Assert.All(model.parameters(), p => Assert.True(p.requires_grad));
        Assert.All(method.Prepare(space, Old, 1)(Noun, []), x => Assert.True(double.IsFinite(x)));
    }

    [Fact]
    public void An_opposite_is_its_known_adjective_and_the_mean_step_to_known_opposites()
    {
        using var model = Model();
        var space = new StemSpace(Language, model, Slot.Adjective);
        var known = space.Known.ToDictionary(s => s.Key.Form, s => s.Value);
        var stem = Language.HeldOut.First(s => s.Slot == Slot.Adjective);
        var pairs = known.Keys.Where(form => known.ContainsKey("un" + form)).ToList();
        Assert.Equal(Language.Knobs.Derived, pairs.Count);
        var expected = Enumerable.Range(0, model.Config.Width).Select(c =>
            known[stem.Form[2..]][c] + pairs.Average(form => known["un" + form][c] - known[form][c]));
        Assert.Equal(expected, new SubwordSum().Prepare(space, Old, 1)(stem, []), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void A_word_that_is_told_of_another_is_guessed_from_the_texts_of_that_one_under_its_own_name()
    {
        using var model = Model();
        var space = new StemSpace(Language, model, Slot.Noun);
        var nouns = Language.HeldOut.Where(s => s.Slot == Slot.Noun).ToList();
        foreach (var (stem, other) in new[] { (nouns[0], nouns[1]), (nouns[^1], nouns[0]) })
        {
            int[] Renamed(int[] text) => Language.Ids(string.Join(' ', Language.Text(text).Split(' ').Select(word =>
                word == other.Form || word == other.Form + "i" ? stem.Form + word[other.Form.Length..] : word)));
            int[][] definition = [Renamed(Language.Reveal(other).Definition(other))];
            int[][] contexts = [.. NewWordTexts.Until(Plain, other, 2, 1)
                .Where(text => NewWordTexts.Has(Plain, text, other)).Select(Renamed)];
            Assert.Equal(new DefinitionMap().Prepare(space, Old, 1)(stem, definition),
                new AnotherWord(new DefinitionMap()).Prepare(space, Old, 1)(stem, []));
            Assert.Equal(new ALaCarte(2).Prepare(space, Old, 1)(stem, contexts),
                new AnotherWord(new ALaCarte(2), 2).Prepare(space, Old, 1)(stem, []));
        }
    }

    [Fact]
    public void Steps_on_the_row_make_its_texts_more_probable_and_more_so_with_more_of_them()
    {
        using var model = Model();
        var space = new StemSpace(Language, model, Slot.Noun);
        double Loss(double[] vector, IReadOnlyList<int[]> texts)
        {
            using var likelihood = new RowLikelihood(space, Noun, texts);
            return likelihood.Loss([.. vector.Zip(space.Deviations, (x, d) => x / d)]);
        }
        double[] Guess(int contexts) => new RowUpdate().Prepare(space, Old, 1)(Noun, Contexts(contexts));
        var mean = new double[model.Config.Width];
        Assert.True(Loss(Guess(4), Contexts(4)) < Loss(mean, Contexts(4)));
        Assert.True(Loss(Guess(16), Contexts(16)) < Loss(Guess(1), Contexts(16)));
    }

    [Fact]
    public void The_loss_of_a_row_is_that_of_the_texts_with_it_and_of_its_own_deviation()
    {
        using var model = Model();
        var space = new StemSpace(Language, model, Slot.Noun);
        double[] vector = [.. space.Deviations.Select((d, c) => d * (c % 3 - 1))];
        using var with = model.WithRows(space.Rows(Noun, vector));
        var texts = Contexts(3);
        using var likelihood = new RowLikelihood(space, Noun, texts);
        double[] places = [.. vector.Zip(space.Deviations, (x, d) => x / d)];
        Assert.Equal(places.Sum(x => x * x) / 2 - with.LogProbabilities(texts).Sum(logs => logs.Sum()),
            likelihood.Loss(places), 1e-2);
        var nudged = places.Select((x, c) => c == 3 ? x + 0.01 : x).ToArray();
        Assert.Equal((likelihood.Loss(nudged) - likelihood.Loss(places)) / 0.01, likelihood.Gradient(places)[3], 0.5);
    }

    private static IReadOnlyList<int[]> Contexts(int count) =>
        [.. NewWordTexts.Until(Plain, Noun, count, 1).Where(text => NewWordTexts.Has(Plain, text, Noun))];

    private static LanguageModel Model() => Small.ModelOf(Language);
}
