using LmNotebooks.Diagrams;

namespace LmNotebooks.Tests.Guards;

public class StillTests
{
    [Fact]
    public void The_diagrams_of_the_pages_are_what_the_code_draws()
    {
        var files = Directory.GetFiles(Path.Combine(Root.Folder, "notebooks", "images"), "diagram-*.svg")
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file)["diagram-".Length..], File.ReadAllText);
        // else: lm plots
        Assert.Equal(Stills.Draw().ToDictionary(s => s.Name, s => s.Drawing.ToSvg()), files);
    }
}
