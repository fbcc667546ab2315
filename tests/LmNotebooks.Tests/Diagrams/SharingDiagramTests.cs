using LmNotebooks.Diagrams;
using LmNotebooks.Models;

namespace LmNotebooks.Tests.Diagrams;

public class SharingDiagramTests
{
    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 1, 6 }, { 2, 6 }, { 3, 7 }, { 6, 6 } };

    [Theory, MemberData(nameof(Sizes))]
    public void Each_set_of_weights_is_drawn_once_and_joined_to_all_layers_that_use_it(int sets, int layers)
    {
        foreach (var pattern in new[] { LayerPattern.Cycle(sets, layers), LayerPattern.Sequence(sets, layers) })
        {
            var drawing = Diagram.OfSharing(pattern);
            var boxes = drawing.Shapes.OfType<Box>().ToList();
            Assert.Equal(layers, boxes.Count);
            Assert.Equal(pattern.Select((owner, layer) => owner != layer), boxes.Select(b => b.Dashed));
            Assert.Equal(layers - sets, drawing.Shapes.OfType<Stroke>().Count(s => s.Dashed));
            foreach (var (layer, owner) in pattern.Index().Where(p => p.Item != p.Index))
                Assert.Contains(drawing.Shapes.OfType<Stroke>(), s => s.Points[0].Y == boxes[owner].Middle
                    && s.Points[^1].Y == boxes[layer].Middle);
            Assert.EndsWith($": {string.Join(' ', pattern)}", drawing.Title);
        }
    }

    [Fact]
    public void What_cannot_be_a_pattern_is_refused_in_one_sentence()
    {
        Assert.StartsWith("AttentionOf says that layer 0 uses the weights of layer 1",
            Assert.Throws<ArgumentException>(() => Diagram.OfSharing([1, 1])).Message);
        Assert.StartsWith("Layers is 0", Assert.Throws<ArgumentException>(() => Diagram.OfSharing([])).Message);
        Assert.StartsWith("Layers share weights in a Transformer", Assert.Throws<ArgumentException>(() =>
            Diagram.OfSharing(Small.Config with { Architecture = Architecture.Gru })).Message);
    }
}
