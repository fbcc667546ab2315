using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>A value as Jupyter shows it: one entry for each mime type that its type prefers, and always
/// <c>text/plain</c>.</summary>
internal static class MimeBundle
{
    private const string Plain = "text/plain", Html = "text/html";

    /// <summary>A formatter that fails leaves a sentence in the bundle; only an interrupt is thrown.</summary>
    public static JsonObject Of(object? value)
    {
        if (value is null) return new JsonObject { [Plain] = "null" };
        if (value is Task { Status: var status })
            return new JsonObject { [Plain] = $"A task ({status}): write 'await' before it to have what it gives." };
        var bundle = new JsonObject();
        var type = value.GetType();
        try
        {
            if (!Formatters.HasAuthor(type))
            {
                if (Table.IsPlain(type)) return new JsonObject { [Plain] = Table.Text(value) };
                if (Table.TryOf(value) is { } table)
                    return new JsonObject { [Html] = table.ToHtml(), [Plain] = table.ToText() };
            }
            foreach (var mime in Formatters.Preferred(value).Append(Plain).Distinct())
                bundle[mime] = Entry(value.ToDisplayString(mime), mime);
            // A class of a cell that says nothing of itself: the class around it is the compiler's.
            if ((string?)bundle[Plain] == type.ToString()) bundle[Plain] = type.Name;
        }
        catch (Exception e) when (!Errors.IsInterrupt(e))
        {
            bundle[Plain] = $"{type.Name} (it cannot be shown: {e.GetBaseException().Message})";
        }
        return bundle;
    }

    /// <summary>What <c>x.Display()</c> shows: the same as <see cref="Of(object?)"/>, or the mime types that it was
    /// asked for.</summary>
    public static JsonObject Of(DisplayedValue shown)
    {
        var asked = shown.FormattedValues.Select(f => f.MimeType);
        if (asked.SequenceEqual(Formatters.Preferred(shown.Value))) return Of(shown.Value);
        return new(shown.FormattedValues.Select(f => KeyValuePair.Create(f.MimeType, Entry(f.Value, f.MimeType))));
    }

    /// <summary>A value in these mime types, and as <c>text/plain</c>. A text is taken to be what they say.</summary>
    public static JsonObject Of(object? value, IEnumerable<string> mimes)
    {
        var bundle = Of(value);
        if (value is null) return bundle;
        var chosen = mimes.Distinct().Select(mime => KeyValuePair.Create(mime, value is string text ? Entry(text, mime)
            : bundle[mime]?.DeepClone() ?? Entry(value.ToDisplayString(mime), mime))).ToList();
        if (chosen.All(c => c.Key != Plain)) chosen.Add(new(Plain, bundle[Plain]!.DeepClone()));
        return new JsonObject(chosen);
    }

    /// <summary>Whether values of this type are kept as JSON, not as text.</summary>
    public static bool IsJson(string mime) => mime == "application/json"
        || mime.EndsWith("+json", StringComparison.Ordinal);

    /// <summary>nbformat stores JSON mime types as JSON, everything else as text.</summary>
    private static JsonNode? Entry(string text, string mime)
    {
        if (!IsJson(mime)) return text;
        try { return JsonNode.Parse(text); }
        catch (JsonException) { return text; }
    }
}
