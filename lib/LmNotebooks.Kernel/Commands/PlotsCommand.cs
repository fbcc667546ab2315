using System.CommandLine;
using System.Text.Json.Nodes;
using LmNotebooks.Charts;
using LmNotebooks.Diagrams;
using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Files;
using LmNotebooks.Kernel.Notebooks;
using LmNotebooks.Kernel.Scripting;
using LmNotebooks.Lessons;
using LmNotebooks.Records;

namespace LmNotebooks.Kernel.Commands;

/// <summary><c>lm plots</c>: draws every figure of the kit anew from its records. The same records give the same files,
/// byte for byte.</summary>
internal static class PlotsCommand
{
    public static Command Make()
    {
        var folder = new Option<string?>("--out")
        {
            HelpName = "DIR",
                Description =
                "Where to write. Default: out/plots in the kit's folder, and the pictures in notebooks/images that are "
                + "figures or diagrams.",
        };
        var scale = Parameters.Scale("Of which records. Default: Laptop.");
        var command = new Command("plots", """
            Draw the figures of all experiments from the committed records: plots.html with all of them, and each as a picture (SVG) and as a table (CSV).

            Examples:
              lm plots
              lm plots --out ~/figures
            """) { folder, scale };
        command.SetAction(parsed => Write(parsed.GetValue(folder), parsed.GetValue(scale) ?? Scale.Laptop));
        return command;
    }

    /// <summary>Where a picture of an experiment lies that a text shows, which is its first figure; null if no text
    /// does.</summary>
    private static string? Picture(Experiment experiment)
    {
        var path = Path.Combine(Kit.Folder, "notebooks", "images", experiment.Name + ".svg");
        return File.Exists(path) ? path : null;
    }

    private static int Write(string? folder, Scale scale)
    {
        var target = Directory.CreateDirectory(folder ?? Path.Combine(Kit.Folder, "out", "plots")).FullName;
        var (page, count) = (new JsonArray(), 0);
        foreach (var experiment in Course.All)
        {
            var records = RunStore.Committed.Read(experiment.Name, scale.Name);
            if (records.Count == 0) continue;
            page.Add(Cell("markdown", $"## {experiment.Name}\n\n{experiment.Question}"));
            var figures = ExperimentFigures.Of(experiment, scale, records);
            foreach (var (name, figure) in figures)
            {
                var file = Path.Combine(target, $"{experiment.Name}-{name}");
                WholeFile.Write(file + ".svg", SvgRenderer.ToSvg(figure));
                WholeFile.Write(file + ".csv", FigureTable.ToCsv(figure));
                page.Add(Cell("code", "", Output.Display(MimeBundle.Of(figure))));
            }
            count += figures.Count;
            if (folder is null && scale == Scale.Laptop && figures.Count > 0 && Picture(experiment) is { } picture)
                WholeFile.Write(picture, SvgRenderer.ToSvg(figures[0].Figure));
        }
        if (count == 0)
            throw new CommandException($"There are no committed records at {scale.Name} to draw: make them with 'lm "
                + $"experiment NAME --scale {scale.Name}'.");
        if (folder is null && scale == Scale.Laptop) WriteStills();
        var notebook = Notebook.Parse(new JsonObject { ["nbformat"] = 4, ["cells"] = page }.ToJsonString(), "plots");
        var html = HtmlPage.Render(notebook, $"LmNotebooks: figures from the records at {scale.Name}", target).Html;
        OwnPage.Write(Path.Combine(target, "plots.html"), html);
        Console.WriteLine($"Wrote {count} figures to {target}");
        return 0;
    }

    private static void WriteStills()
    {
        var pictures = Path.Combine(Kit.Folder, "notebooks", "images");
        if (!Directory.Exists(pictures)) return;
        foreach (var (name, drawing) in Stills.Draw())
            WholeFile.Write(Path.Combine(pictures, $"diagram-{name}.svg"), drawing.ToSvg());
    }

    private static JsonObject Cell(string kind, string source, params JsonNode[] outputs) => new()
    {
        ["cell_type"] = kind, ["source"] = source, ["outputs"] = new JsonArray(outputs),
    };
}
