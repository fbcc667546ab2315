using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LmNotebooks.Files;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>An nbformat 4 notebook, a view of its JSON. Written as Jupyter writes it, so that saving there changes
/// nothing.</summary>
public sealed class Notebook
{
    private const int Major = 4, MinorWithIds = 5, MostLevels = 512;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonDocumentOptions Form =
        new() { MaxDepth = MostLevels, AllowDuplicateProperties = false };

    private Notebook(JsonObject json, IReadOnlyList<Cell> cells) => (Json, Cells) = (json, cells);

    public JsonObject Json { get; }
    public IReadOnlyList<Cell> Cells { get; }

    /// <exception cref="InvalidDataException">The text is not an nbformat 4 notebook; the message says why, in one
    /// sentence.</exception>
    public static Notebook Parse(string text, string name)
    {
        InvalidDataException Wrong(string why) => new($"{name} is not a notebook: {why}.");
        JsonNode? root;
        try { root = ReadJson(text); }
        catch (JsonException e) { throw Wrong($"it is not valid "
            + $"JSON{(e.LineNumber is { } line ? $" (line {line + 1})" : $": {e.Message.TrimEnd('.')}")}"); }
        catch (InvalidOperationException) { throw Wrong(@"it has half a character, \ud800 to \udfff without a partner");
            }
        if (root is not JsonObject json) throw Wrong("it is not an object");
        if (Number(json["nbformat"]) is not { } major) throw Wrong("it does not say its nbformat");
        if (major != Major)
            throw new InvalidDataException(
                $"{name} is not an nbformat 4 notebook but one of nbformat {major}, which is {Remedy(major)}");
        if (json["cells"] is not JsonArray cells) throw Wrong("it has no list of cells");
        if (json["metadata"] is not (null or JsonObject)) throw Wrong("its metadata is not an object");
        for (var i = 0; i < cells.Count; i++)
            if (Flaw(cells[i]) is { } flaw) throw Wrong($"cell {i + 1} {flaw}");
        MendIds(json);
        return new Notebook(json, [.. cells.Select(c => new Cell((JsonObject)c!))]);
    }

    private static string Remedy(int major) => major > Major
        ? "newer than this program: save it as nbformat 4, or get a newer version of the kit."
        : "too old to run: open it in Jupyter and save it, or use 'jupyter nbconvert --to notebook --inplace'.";

    /// <summary>As nbformat does it: from 4.5 on every cell has an id, and of two equal ones the later is
    /// replaced.</summary>
    private static void MendIds(JsonObject json)
    {
        if (!(Number(json["nbformat_minor"]) >= MinorWithIds)) return;
        var seen = new HashSet<string>();
        foreach (var cell in json["cells"]!.AsArray())
            while (!IsText(cell!["id"]) || !seen.Add(Text(cell["id"]))) cell["id"] = $"{Guid.NewGuid():N}"[..8];
    }

    public static Notebook Read(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no notebook {path}.");
        var name = Path.GetFileName(path);
        try { return Parse(File.ReadAllText(path, Utf8), name); }
        catch (DecoderFallbackException) { throw new InvalidDataException($"{name} is not a notebook: it is not UTF-8 "
            + "text."); }
    }

    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A string has half a character: it could be read now, and not be
    /// written later.</exception>
    internal static JsonNode? ReadJson(string text) => WithStrings(JsonNode.Parse(text, documentOptions: Form));

    /// <summary>What is wrong with the form of a cell, of what this program reads; null if nothing. All else is kept as
    /// it is.</summary>
    private static string? Flaw(JsonNode? node) =>
        node is not JsonObject cell ? "is not an object"
        : !IsText(cell["cell_type"]) ? "has no cell_type"
        : cell["source"] is { } source && !IsText(source) && !IsTexts(source)
            ? "has a source that is neither text nor a list of lines"
        : cell["metadata"] is not (null or JsonObject) ? "has metadata that is not an object"
        : cell["metadata"]?["tags"] is { } tags && !IsTexts(tags) ? "has tags that are no list of words"
        : cell["outputs"] is { } outputs && !(outputs is JsonArray list && list.All(o => o is JsonObject))
            ? "has outputs that are no list of objects" : null;

    private static int? Number(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;

    private static bool IsTexts(JsonNode node) => node is JsonArray items && items.All(IsText);

    /// <summary>Writes the whole file or leaves the old one as it was.</summary>
    public void Write(string path) => WholeFile.Write(path, ToText());

    public string ToText() => PythonJson.Write(Json) + "\n";

    /// <summary>nbformat's multiline string: a string, or a list of lines; nothing else is text.</summary>
    public static string Text(JsonNode? node) => node switch
    {
        JsonArray lines => string.Concat(lines.Select(Text)),
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => "",
    };

    /// <summary>Reads every string now, since a broken one is found out only when it is read.</summary>
    private static JsonNode? WithStrings(JsonNode? node)
    {
        if (node is JsonObject fields)
            foreach (var (_, value) in fields) WithStrings(value);
        if (node is JsonArray items)
            foreach (var item in items) WithStrings(item);
        if (node is JsonValue text) text.TryGetValue<string>(out _);
        return node;
    }
}
