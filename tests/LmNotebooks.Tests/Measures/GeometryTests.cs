using FsCheck;
using FsCheck.Xunit;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Measures;

public class GeometryTests
{
    /// <summary>Around the mean (1, 1, 1): squares 8 along the second number, 2 along the third, none along the
    /// first.</summary>
    [Fact]
    public void Principal_components_are_those_worked_by_hand()
    {
        var components = PrincipalComponents.Of([[1, 1, 2], [1, 3, 1], [1, 1, 0], [1, -1, 1]]);
        Assert.Equal([0.8, 0.2, 0], components.Shares, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([(0, 1), (2, 0), (0, -1), (-2, 0)], components.Coordinates, (a, b) =>
            Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y) < 1e-12);
    }

    [Property(MaxTest = 50)]
    public void Principal_components_stay_the_same_where_all_vectors_are_shifted_and_turned(int seed, NormalFloat angle)
    {
        var random = new Random(seed);
        var vectors = Enumerable.Range(0, 12).Select(_ =>
            new[] { 4 * random.NextDouble(), 2 * random.NextDouble(), random.NextDouble() }).ToList();
        var (cos, sin) = (Math.Cos(angle.Get), Math.Sin(angle.Get));
        var turned = PrincipalComponents.Of([.. vectors.Select(v =>
            new[] { 5 + cos * v[0] - sin * v[2], v[1] - 3, sin * v[0] + cos * v[2] })]);
        var straight = PrincipalComponents.Of(vectors);
        Assert.Equal(straight.Shares, turned.Shares, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(straight.Coordinates, turned.Coordinates, (a, b) =>
            Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y) < 1e-6);
        Assert.Equal(1, straight.Shares.Sum(), 1e-12);
    }

    [Fact]
    public void Vectors_without_two_directions_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PrincipalComponents.Of([]));
        Assert.Throws<ArgumentException>(() => PrincipalComponents.Of([[1], [2]]));
        Assert.Throws<ArgumentException>(() => PrincipalComponents.Of([[1, 2], [1, 2]]));
        Assert.Throws<ArgumentException>(() => PrincipalComponents.Of([[1, 2], [1, 2, 3]]));
    }

    /// <summary>Two long and two short vectors in two directions. Of the 12 ordered pairs 4 have one label.</summary>
    [Fact]
    public void The_nearest_neighbour_is_the_one_in_the_same_direction()
    {
        double[][] vectors = [[1, 0.1], [0.1, 1], [9, 1], [0, 7]];
        var byDirection = NearestNeighbour.Of(vectors, ["a", "b", "a", "b"]);
        Assert.Equal((1.0, 1 / 3.0), (byDirection.Accuracy, byDirection.Chance.Value));
        Assert.Equal(0, NearestNeighbour.Of(vectors, ["short", "short", "long", "long"]).Accuracy);
        Assert.Throws<ArgumentException>(() => NearestNeighbour.Of(vectors, [1, 2]));
        Assert.Throws<ArgumentException>(() => NearestNeighbour.Of(vectors[..1], [1]));
    }

    [Fact]
    public void Stems_are_neighbours_by_what_is_said_of_them()
    {
        static Stem Noun(int topic) => new($"noun {topic}", Slot.Noun, 1, topic, 0, 1, 0, -1);
        (Stem, double[])[] stems =
            [(Noun(0), [1, 0.1]), (Noun(1), [0.1, 1]), (Noun(0), [9, 1]), (Noun(1), [0, 7])];
        Assert.Equal((1.0, 1 / 3.0), (NearestNeighbour.Of(stems, stem => stem.Topic).Accuracy,
            NearestNeighbour.Of(stems, stem => stem.Topic).Chance.Value));
        Assert.Equal("100 % (0 % to 100 % at random)", $"{NearestNeighbour.Of(stems, stem => stem.Topic)}");
    }

    /// <summary>The labels a a b b b in all ten orders.</summary>
    [Fact]
    public void The_chance_level_is_the_mean_over_all_ways_to_deal_out_the_labels()
    {
        var random = new Random(3);
        double[][] vectors = [.. Enumerable.Range(0, 5)
            .Select(_ => new[] { random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5 })];
        var orders = from i in Enumerable.Range(0, 5) from j in Enumerable.Range(0, i)
                     select Enumerable.Range(0, 5).Select(k => k == i || k == j ? 'a' : 'b').ToList();
        var all = orders.Select(labels => NearestNeighbour.Of(vectors, labels)).ToList();
        Assert.All(all, one => Assert.Equal(all.Average(n => n.Accuracy), one.Chance.Value, 1e-12));
    }

    [Fact]
    public void Labels_that_have_nothing_to_do_with_the_vectors_are_read_by_chance_and_those_that_have_are_read_better()
    {
        var random = new Random(1);
        var labels = Enumerable.Range(0, 200).Select(i => i % 4).ToArray();
        double[] Vector(int label, double pull) =>
            [.. Enumerable.Range(0, 8).Select(k => random.NextDouble() - 0.5 + (k == label ? pull : 0))];
        var nothing = Enumerable.Range(0, 20).Select(_ =>
            NearestNeighbour.Of([.. labels.Select(label => Vector(label, 0))], labels)).ToList();
        Assert.InRange(nothing.Count(n => n.Accuracy >= n.Chance.Low && n.Accuracy <= n.Chance.High), 16, 20);
        var something = NearestNeighbour.Of([.. labels.Select(label => Vector(label, 0.6))], labels);
        Assert.True(something.Accuracy > something.Chance.High + 0.1, something.ToString());
    }

    [Fact]
    public void The_vector_of_a_stem_is_the_mean_of_those_of_its_forms()
    {
        var language = Lingua.Preset("tiny", 1);
        using var model = LanguageModel.Of(new ModelConfig { Vocabulary = language.Vocabulary, Context = 4, Width = 8,
            Heads = 2 }, new Generator(1));
        var vectors = StemVectors.Of(language, model).ToDictionary(s => s.Stem, s => s.Vector);
        Assert.Equal(language.Stems.ToHashSet(), [.. vectors.Keys]);
        using var weight = model.Embedding.Module.Weight.detach();
        Assert.All(vectors, stem =>
        {
            var forms = Enumerable.Range(0, language.Vocabulary).Where(id => language.StemOf(id) == stem.Key).ToList();
            for (var k = 0; k < 8; k++)
                Assert.Equal(forms.Average(id => weight[id, k].item<float>()), stem.Value[k], 1e-6);
        });
    }
}
