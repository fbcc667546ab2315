using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>A value as Jupyter shows it: one entry for each mime type that its type prefers, and always <c>text/plain</c>.</summary>
internal static class MimeBundle
{
    private const string Plain = "text/plain", Html = "text/html";

    /// <summary>A formatter that fails leaves a sentence in the bundle; only an interrupt is thrown.</summary>
    public static JsonObject Of(object? value)
    {
        if (value is null) return new JsonObject { [Plain] = "null" };
        var bundle = new JsonObject();
        var type = value.GetType();
        try
        {
            if (!Formatters.HasAuthor(type))
            {
                if (Table.IsPlain(type)) return new JsonObject { [Plain] = Table.Text(value) };
                if (Table.TryOf(value) is { } table) return new JsonObject { [Html] = table.ToHtml(), [Plain] = table.ToText() };
            }
            foreach (var mime in Formatter.GetPreferredMimeTypesFor(type).Append(Plain).Distinct())
                bundle[mime] = Entry(value, mime);
        }
        catch (Exception e) when (!Errors.IsInterrupt(e))
        {
            bundle[Plain] = $"{type.Name} (it cannot be shown: {e.GetBaseException().Message})";
        }
        return bundle;
    }

    /// <summary>Whether values of this type are kept as JSON, not as text.</summary>
    public static bool IsJson(string mime) => mime == "application/json" || mime.EndsWith("+json", StringComparison.Ordinal);

    /// <summary>nbformat stores JSON mime types as JSON, everything else as text.</summary>
    private static JsonNode? Entry(object value, string mime)
    {
        var text = value.ToDisplayString(mime);
        if (!IsJson(mime)) return text;
        try { return JsonNode.Parse(text); }
        catch (JsonException) { return text; }
    }
}
