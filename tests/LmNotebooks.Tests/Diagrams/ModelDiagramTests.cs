using System.Globalization;
using LmNotebooks.Diagrams;
using LmNotebooks.Models;

namespace LmNotebooks.Tests.Diagrams;

public class ModelDiagramTests
{
    public static TheoryData<ModelConfig> All => [.. Small.Kinds, .. Small.Translators,
        Small.Config with { TieHead = false }, Pictures.Deep,
        Small.Translator with { Classes = Pictures.Deep.Classes }];

    private static IEnumerable<Part> Parts(Model model) => model.Parts.Concat(model.Heads).SelectMany(p => p.All);

    private static long Own(Part part) => part.Module.parameters().Sum(p => p.numel());

    [Theory, MemberData(nameof(All))]
    public void Every_part_is_drawn_once_with_its_number_of_parameters(ModelConfig config) =>
        Pictures.With(config, model =>
        {
            var drawing = Diagram.Of(model);
            Assert.Equal(Parts(model).Select(p => p.Name).Order(),
                drawing.Shapes.OfType<Box>().Select(b => b.Title!).Order());
            foreach (var part in Parts(model))
            {
                var name = Assert.Single(drawing.Shapes.OfType<Note>(), n => n.Text == part.Name);
                Assert.Single(drawing.Shapes.OfType<Note>(), n => n.Y == name.Y
                    && n.Text == Own(part).ToString("N0", CultureInfo.InvariantCulture));
            }
            Assert.Contains($"{model.parameters().Sum(p => p.numel()):N0} parameters", drawing.Title);
            return 0;
        });

    [Theory, MemberData(nameof(All))]
    public void Parts_stand_in_the_order_of_the_data_and_a_part_inside_of_the_one_that_it_is_of(ModelConfig config) =>
        Pictures.With(config, model =>
        {
            var boxes = Diagram.Of(model).Shapes.OfType<Box>().ToDictionary(b => b.Title!);
            Assert.Equal(model.Parts.Concat(model.Heads).Select(p => p.Name),
                model.Parts.Concat(model.Heads).OrderBy(p => boxes[p.Name].Y).Select(p => p.Name));
            foreach (var part in Parts(model))
                foreach (var inner in part.Parts)
                    Assert.True(boxes[inner.Name].Y > boxes[part.Name].Y && boxes[inner.Name].Y + boxes[inner.Name]
                        .Height < boxes[part.Name].Y + boxes[part.Name].Height, inner.Name);
            return 0;
        });

    [Theory, MemberData(nameof(All))]
    public void A_part_is_joined_to_another_one_exactly_where_it_lacks_weights_that_it_would_have(ModelConfig config) =>
        Pictures.With(config with { AttentionOf = null, FeedForwardOf = null, TieHead = false, ShareEncoder = false },
            whole => Pictures.With(config, model =>
        {
            var drawing = Diagram.Of(model);
            var lines = drawing.Shapes.OfType<Stroke>().Where(s => s.Dashed).ToList();
            Assert.All(lines, line => Assert.False(string.IsNullOrEmpty(line.Title)));
            foreach (var (part, full) in Parts(model).Zip(Parts(whole)).Where(p => p.First.Parts.Count == 0))
            {
                var lacks = Own(part) < Own(full);
                Assert.Equal(lacks, drawing.Caption.Contains($" {part.Name} uses "));
                Assert.Equal(lacks, lines.Any(l => $", {l.Title!.Split(" use")[0]}".Contains($", {part.Name}",
                    StringComparison.Ordinal) && l.Title.Split(" use")[0].Split(", ").Contains(part.Name)));
            }
            return 0;
        }));

    [Theory, MemberData(nameof(All))]
    public void Data_goes_into_every_part_and_out_of_every_part(ModelConfig config) =>
        Pictures.With(config, model =>
        {
            var drawing = Diagram.Of(model);
            var seams = drawing.Shapes.OfType<Stroke>().Where(s => !s.Dashed && s.Title is not null)
                .Select(s => s.Title!.Split(" to ")).ToList();
            foreach (var part in model.Parts.Concat(model.Heads))
            {
                Assert.True(seams.Any(s => s[1].Split(", ").Contains(part.Name)) || part == model.Parts[0]
                    || part == model.Embedding, part.Name);
                Assert.True(seams.Any(s => s[0] == part.Name) || part == model.Head || model.Heads.Contains(part),
                    part.Name);
            }
            var logits = Assert.Single(drawing.Shapes.OfType<Note>(), n => n.Text == "logits of the next token");
            var head = drawing.Shapes.OfType<Box>().Single(b => b.Title == model.Head.Name);
            Assert.Single(drawing.Shapes.OfType<Stroke>(), s => s.Points[0].Y == head.Y + head.Height
                && s.Points[^1].Y > head.Y && s.Points[^1].Y < logits.Y);
            return 0;
        });
}
