using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Questions;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Measures;

/// <summary>Gradients of real models.</summary>
[Collection(nameof(Alone))]
public class GradientsOfTasksTests
{
    private const int Batches = 6, Rows = 64;
    private static readonly Lingua Language = Lingua.Preset("tiny", 3);
    private static readonly SignLabel Sign = SignLabel.Of(Language, 1, 1), Opposite = Sign.Related(-1, 1);

    private static readonly ModelConfig Asked = Small.Config with
    {
        ReadsWhole = true, Classes = new Dictionary<string, int> { ["sign"] = 2 },
    };

    private static Model Reader() => (Asked with
    {
        Vocabulary = Language.Vocabulary + 1, Start = Language.Vocabulary, Context = 128,
    }).Build(new Generator(1));

    /// <summary>Both questions have one head.</summary>
    private static Aim Asks(SignLabel question, int seed) =>
        Aim.For(Dataset.Of(question, Batches * Rows, 10, seed) with { Question = "sign" });

    private static GradientProducts Products(Model model, int rows, params IReadOnlyList<Aim> aims) =>
        GradientProducts.Of(model, aims, model.Readers, data => data.Train, Batches, rows, new Generator(2));

    [Fact]
    public void One_task_on_other_texts_pulls_the_same_way_and_its_opposite_by_the_same_head_the_other_way()
    {
        using var model = Asked.Build(new Generator(1));
        // each answer as often as the other, which the question and its opposite agree in
        using (var adam = optim.Adam(model.HeadOf("sign").Module.parameters().TakeLast(1), 0.03))
            for (var step = 0; step < 40; step++)
            {
                using var scope = NewDisposeScope();
                foreach (var aim in (Aim[])[Halves(1, 4), Halves(0, 4)])
                    aim.Objective.Of(model, aim.Data!.Train.Take(First(Rows), CPU), new Generator(1)).Mean.backward();
                adam.step();
                model.zero_grad();
            }
        var products = Products(model, Rows, Halves(1, 1), Halves(1, 2), Halves(0, 3));
        Assert.InRange(GradientCosine.Of(products, 0, 1, seed: 1).Value, 0.9, 1.1);
        Assert.InRange(GradientCosine.Of(products, 0, 2, seed: 1).Value, -1.1, -0.9);
        Assert.InRange(GradientCosine.Of(products, 1, 2, seed: 1).Value, -1.1, -0.9);
    }

    /// <summary>The second aim has fewer rows than the first, and all of them are read.</summary>
    [Fact]
    public void The_products_are_those_of_plain_gradients_of_rows_with_the_same_numbers()
    {
        using var model = Reader();
        var (all, few) = (Asks(Sign, 1), Aim.For(Dataset.Of(Opposite, 24, 10, 3) with { Question = "sign" }));
        var products = Products(model, 4, all, few);
        using var drawn = randperm(24, generator: new Generator(2));
        List<long[]> numbers = [.. drawn.data<long>().ToArray().Chunk(4)];
        double[] Plain(Aim aim, int batch)
        {
            using var scope = NewDisposeScope();
            model.zero_grad();
            aim.Objective.Of(model, aim.Data!.Train.Take(numbers[batch], CPU), new Generator(1)).Mean.backward();
            return [.. model.Readers.SelectMany(part => part.Module.parameters())
                .SelectMany(p => (p.grad ?? zeros_like(p)).to(float64).flatten().data<double>().ToArray())];
        }
        foreach (var (a, b) in ((int, int)[])[(0, 0), (0, 5), (3, 1)])
            Assert.Equal(Plain(all, a).Zip(Plain(few, b), (x, y) => x * y).Sum(), products[0, a, 1, b], 1e-6);
        Assert.Equal(products[0, 2, 1, 4], products[1, 4, 0, 2]);
    }

    [Fact]
    public void The_model_stays_as_it_was_and_no_tensor_stays_behind()
    {
        using var model = Reader();
        foreach (var p in model.Embedding.Module.parameters()) p.requires_grad = false;
        Aim[] aims = [Asks(Sign, 1), Asks(Opposite, 2), new(new CausalLm(), Texts)];
        var before = model.parameters().Select(p => p.requires_grad).ToList();
        Products(model, 8, aims);
        Leaks.NoneAfter(() => Products(model, 8, aims));
        Assert.All(model.parameters(), p => Assert.Null(p.grad));
        Assert.Equal(before, model.parameters().Select(p => p.requires_grad));
    }

    [Fact]
    public void Parameters_that_a_task_does_not_use_have_a_gradient_of_nothing_and_no_direction()
    {
        using var model = Reader();
        var products = GradientProducts.Of(model, [Asks(Sign, 1), new(new CausalLm(), Texts)], [model.HeadOf("sign")],
            data => data.Test, 3, 3, new Generator(2));
        Assert.Equal(0, products[1, 0, 1, 2]);
        Assert.True(products[0, 0, 0, 0] > 0);
        Assert.Equal(double.NaN, GradientCosine.Of(products, 0, 1, seed: 1).Value);
    }

    /// <summary>The decoder is not shared: the question does not use it.</summary>
    [Fact]
    public void A_translation_and_a_question_meet_in_the_encoder()
    {
        using var model = (Small.Translator with { ReadsWhole = true, Classes = Asked.Classes, SourceContext = 8 })
            .Build(new Generator(1));
        var asked = Corpus.OfAnswers([.. Small.TranslationData.Train.Examples.Select(e =>
            new Example(e.Source, [e.Source[0] % 2]))], 0);
        Aim[] aims = [Aim.For(new Dataset("odd", "", 2, 0, asked, asked) { Question = "sign" }),
            Aim.For(Small.TranslationData)];
        GradientProducts Of(params IReadOnlyList<Part> parts) =>
            GradientProducts.Of(model, aims, parts, data => data.Train, 4, 16, new Generator(2));
        var shared = Of([.. model.Readers]);
        Assert.NotEqual(0, shared[0, 0, 1, 1]);
        Assert.True(shared[0, 0, 0, 0] > 0 && shared[1, 0, 1, 0] > 0);
        var own = Of(model.Body);
        Assert.Equal(0, own[0, 0, 0, 0]);
        Assert.True(own[1, 0, 1, 0] > 0);
    }

    [Fact]
    public void Too_little_data_or_none_is_refused_in_one_sentence()
    {
        using var model = Reader();
        Assert.Equal("6 batches of 65 rows are more than the 384 rows that the smallest data have: take smaller or "
            + "fewer batches.", Assert.Throws<ArgumentException>(() => Products(model, 65, Asks(Sign, 1))).Message);
        Assert.Equal("The aim 'sign' has no data: give it some.", Assert.Throws<ArgumentException>(() =>
            Products(model, 4, new Aim(new Classification("sign")))).Message);
    }

    private static Dataset Texts => Dataset.Of(Language, 3000, 10, 1) with { Vocabulary = Language.Vocabulary + 1 };

    /// <summary>Texts of words of one half of the vocabulary, and which half it is, or is not.</summary>
    private static Aim Halves(int upper, int seed)
    {
        var random = new Random(seed);
        var corpus = Corpus.OfAnswers([.. Enumerable.Range(0, Batches * Rows).Select(_ => random.Next(2)).Select(half =>
            new Example([.. Enumerable.Range(0, 9).Select(_ => 2 + 5 * half + random.Next(5))],
                [half == 1 ? upper : 1 - upper]))], 0);
        return Aim.For(new Dataset("halves", "", 2, 0, corpus, corpus) { Question = "sign", SourceVocabulary = 12 });
    }

    private static long[] First(int count) => [.. Enumerable.Range(0, count).Select(i => (long)i)];
}
