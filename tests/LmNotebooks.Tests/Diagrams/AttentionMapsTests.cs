using LmNotebooks.Diagrams;
using LmNotebooks.Models;

namespace LmNotebooks.Tests.Diagrams;

public class AttentionMapsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(3, 8)]
    public void Each_head_of_each_layer_has_a_panel(int layers, int heads) => Pictures.With(
        Small.Config with { Layers = layers, Heads = heads, Vocabulary = Pictures.Language.Vocabulary, Context = 20 },
        model =>
        {
            var drawing = AttentionMaps.Of(Pictures.Language, (TransformerLm)model,
                Pictures.Language.Sample(1, 2)[0].Ids[..9]);
            Assert.Equal(from layer in Enumerable.Range(1, layers)
                         from text in Enumerable.Range(1, heads).Select(h => $"head {h}").Prepend($"layer {layer}")
                         select text,
                drawing.Shapes.OfType<Note>().Select(n => n.Text)
                    .Where(t => t.StartsWith("layer ") || t.StartsWith("head ")));
            Assert.Equal(layers * heads, drawing.Shapes.OfType<Box>().Count(b => b.Title is not null));
            return 0;
        });

    [Fact]
    public void A_square_is_where_a_word_looks_and_the_darker_the_more()
    {
        var drawing = AttentionMaps.Of(["a", "b"], [[new double[,] { { 1, 0 }, { 0.25, 0.75 } }]]);
        var frame = drawing.Shapes.OfType<Box>().First(b => b.Title is not null);
        var squares = drawing.Shapes.OfType<Mosaic>().ToList();
        Assert.Equal([(0.0, 0.5), (0.5, 0.5), (0.0, 0.0)], squares.Select(s => s.Corners.Single())
            .Select(c => ((c.X - frame.X) / frame.Width, (c.Y - frame.Y) / frame.Height)));
        Assert.Equal("From the last word, \"b\", each head looks most at: layer 1, head 1: \"b\", weight 0.75.",
            drawing.Caption);
    }

    public static TheoryData<double[,]> Wrong => new(
        new double[,] { { 1 } }, new double[,] { { 0.5, 0.5 }, { 0.5, 0.5 } }, new double[,] { { 1, 0 }, { 0.5, 0.4 } },
        new double[,] { { 1, 0 }, { double.NaN, 1 } }, new double[,] { { 1, 0 }, { -1, 2 } });

    [Theory, MemberData(nameof(Wrong))]
    public void What_are_no_weights_is_refused_in_one_sentence(double[,] weights) =>
        Assert.Matches(@"^The weights of [^.]+\.$",
            Assert.Throws<ArgumentException>(() => AttentionMaps.Of(["a", "b"], [[weights]])).Message);
}
