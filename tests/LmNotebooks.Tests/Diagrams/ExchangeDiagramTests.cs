using LmNotebooks.Diagrams;
using LmNotebooks.Models;

namespace LmNotebooks.Tests.Diagrams;

public class ExchangeDiagramTests
{
    private static Drawing Of(ModelConfig keeps, ModelConfig gives, params string[] parts) =>
        Pictures.With(keeps, a => Pictures.With(gives, b => Diagram.OfExchange(("A", a), ("B", b), parts)));

    [Theory]
    [InlineData("body", "embedding, head", "body")]
    [InlineData("body layer 2", "embedding, body positions, body layer 1, body norm, head", "body layer 2")]
    [InlineData("embedding, head", "body", "embedding, head")]
    public void Each_part_of_what_comes_out_is_of_one_of_the_two(string exchanged, string kept, string given)
    {
        var boxes = Of(Small.Config, Small.Config, exchanged.Split(", ")).Shapes.OfType<Box>().Select(b => b.Title!)
            .ToList();
        Assert.Equal(kept.Split(", ").Select(p => $"{p}, of A").Concat(given.Split(", ").Select(p => $"{p}, of B"))
            .Order(), boxes.Where(b => b.Contains(", of ")).Order());
        Assert.Equal(boxes.Count / 3, boxes.Count(b => b.EndsWith(" of A") && !b.Contains(',')));
    }

    [Fact]
    public void Parts_that_do_not_fit_are_refused_in_one_sentence()
    {
        Assert.Equal("'A' has no part 'middle': it is one of embedding, body, body positions, body layer 1, body layer "
            + "2, body norm, head.",
            Assert.Throws<ArgumentException>(() => Of(Small.Config, Small.Config, "middle")).Message);
        Assert.Equal("The part 'body' has another shape in 'B' than in 'A': exchange parts of models of one size.",
            Assert.Throws<ArgumentException>(() => Of(Small.Config, Small.Config with { Layers = 3 }, "body")).Message);
        Assert.StartsWith("No part is exchanged",
            Assert.Throws<ArgumentException>(() => Of(Small.Config, Small.Config)).Message);
    }
}
