using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>The ids of one page: places that links lead to, none of them twice.</summary>
internal sealed partial class Anchors
{
    private readonly HashSet<string> ids = [];

    /// <summary>Keeps the ids that a Markdown cell has, and names its headings as tables of contents do:
    /// <c>my-title</c> as on GitHub and in VS Code, <c>My-Title</c> as in Jupyter.</summary>
    public void Name(IElement cell)
    {
        foreach (var element in cell.QuerySelectorAll("[name]:not([id])")) element.Id = element.GetAttribute("name");
        foreach (var element in cell.QuerySelectorAll("[id]"))
            if (!ids.Add(element.Id!)) element.RemoveAttribute("id");
        foreach (var heading in cell.QuerySelectorAll("h1, h2, h3, h4, h5, h6"))
        {
            var title = heading.TextContent.Trim();
            Add(heading, Unique(OnGitHub(title)));
            var inJupyter = title.Replace(' ', '-');
            if (ids.Add(inJupyter)) Add(heading, inJupyter);
        }
    }

    /// <summary>Gives an output ids of its own, and its references with them: two pictures may have been drawn with the
    /// same ones, and no output takes the place of a heading.</summary>
    public void Separate(IElement output)
    {
        var renamed = new Dictionary<string, string>();
        foreach (var element in output.QuerySelectorAll("[id]"))
            element.Id = renamed[element.Id!] = Unique("output-" + element.Id);
        if (renamed.Count == 0) return;
        foreach (var attribute in output.QuerySelectorAll("*").SelectMany(e => e.Attributes))
            if (attribute.Value.Contains('#'))
                attribute.Value = Reference().Replace(attribute.Value, m => m.Groups[1]
                    .Value + renamed.GetValueOrDefault(m.Groups[2].Value, m.Groups[2].Value));
    }

    private static void Add(IElement heading, string id)
    {
        if (!heading.HasAttribute("id"))
        {
            heading.Id = id;
            return;
        }
        var anchor = heading.Owner!.CreateElement("a");
        anchor.Id = id;
        heading.Prepend(anchor);
    }

    private static string OnGitHub(string title) => Punctuation().Replace(title.ToLowerInvariant(), "")
        .Replace(' ', '-');

    private string Unique(string id)
    {
        var free = id == "" ? "section" : id;
        for (var n = 1; !ids.Add(free); n++) free = $"{id}-{n}";
        return free;
    }

    [GeneratedRegex(@"[^\p{L}\p{M}\p{N}\p{Pc} -]")]
    private static partial Regex Punctuation();

    /// <summary>A link within the output, or a picture's reference to one of its own parts.</summary>
    [GeneratedRegex(@"(^#|url\([""']?#)([^)""']+)")]
    private static partial Regex Reference();
}
