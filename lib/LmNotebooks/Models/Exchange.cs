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
        if (parts.Count == 0) throw new ArgumentException("No part is exchanged: name at least one.");
        foreach (var name in parts)
            if (!Shapes(Find(keeps, name)).SequenceEqual(Shapes(Find(gives, name))))
                throw new ArgumentException($"The part '{name}' has another shape in the other model: exchange parts "
                    + "of "
                    + "models of one size.");
        using var generator = new Generator();
        var model = LanguageModel.Of(keeps.Config, generator);
        model.load_state_dict(keeps.state_dict());
        foreach (var name in parts) Find(model, name).Module.load_state_dict(Find(gives, name).Module.state_dict());
        return model;
    }

    private static Part Find(Model model, string name)
    {
        List<Part> parts = [.. model.Parts.SelectMany(p => p.All)];
        return parts.Find(p => p.Name == name)
            ?? throw new ArgumentException($"There is no part '{name}': it is one of "
            + $"{string.Join(", ", parts.Select(p => p.Name))}.");
    }

    private static IEnumerable<string> Shapes(Part part) =>
        part.Module.named_parameters().Select(p => $"{p.name} {string.Join(' ', p.parameter.shape)}");
}
