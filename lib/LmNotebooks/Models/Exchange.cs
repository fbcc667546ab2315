using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>Parts that go from one model to another.</summary>
public static class Exchange
{
    /// <summary>A new model that is the first one but for some parts, which it has from the second. Both stay as they
    /// are.</summary>
    /// <param name="parts">Names of the parts that are exchanged; layers of a body have names of their own.</param>
    /// <exception cref="ArgumentException">A model has no part of that name, or the two parts differ in shape; one
    /// sentence.</exception>
    public static LanguageModel Of(LanguageModel keeps, LanguageModel gives, params IReadOnlyList<string> parts)
    {
        if (parts.Count == 0) throw new ArgumentException(Nothing);
        foreach (var name in parts)
            if (!Fit(Find(keeps, name), Find(gives, name)))
                throw new ArgumentException($"The part '{name}' has another shape in the other model: {OfOneSize}");
        using var generator = new Generator();
        var model = LanguageModel.Of(keeps.Config, generator);
        model.load_state_dict(keeps.state_dict());
        foreach (var name in parts) Find(model, name).Module.load_state_dict(Find(gives, name).Module.state_dict());
        return model;
    }

    internal const string Nothing = "No part is exchanged: name at least one.",
        OfOneSize = "exchange parts of models of one size.";

    /// <summary>Whether two parts have weights of the same names and shapes.</summary>
    internal static bool Fit(Part a, Part b) => Shapes(a).SequenceEqual(Shapes(b));

    /// <summary>The part of a name among some parts and those inside of them.</summary>
    /// <param name="missing">What is said, and followed by the names that there are, where there is none.</param>
    internal static Part Find(IEnumerable<Part> parts, string name, string missing)
    {
        List<Part> all = [.. parts.SelectMany(p => p.All)];
        return all.Find(p => p.Name == name)
            ?? throw new ArgumentException($"{missing}: it is one of {string.Join(", ", all.Select(p => p.Name))}.");
    }

    private static Part Find(Model model, string name) => Find(model.Parts, name, $"There is no part '{name}'");

    private static IEnumerable<string> Shapes(Part part) =>
        part.Module.named_parameters().Select(p => $"{p.name} {string.Join(' ', p.parameter.shape)}");
}
