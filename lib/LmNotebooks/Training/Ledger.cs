using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;

namespace LmNotebooks.Training;

/// <summary>What a run costs, counted from the model's own list of applications and not from the clock.</summary>
public static class Ledger
{
    /// <summary>Training FLOPs a token of a text: the forward pass; for every matrix whose part trains, its gradient;
    /// for every application with something trainable before it, the gradient of its input. Attention multiplies two
    /// inputs, and has a gradient for each.</summary>
    /// <param name="objective">What the parts train on; null for the next token.</param>
    public static double FlopsPerToken(Model model, IReadOnlyList<Part> train, Extent text,
        IObjective? objective = null)
    {
        var trained = train.SelectMany(part => part.All).ToHashSet();
        // reached: a parameter that trains lies before, so gradients must pass
        var (flops, reached, sourceReached, encoded) = (0.0, false, false, false);
        foreach (var application in objective?.Applications(model, text) ?? model.Applications(text))
        {
            var trains = application.Owner is { } owner && trained.Contains(owner);
            flops += application.Flops;
            if (trains) flops += application.Flops;
            if (application.OfSource ? sourceReached : reached)
                flops += application.Owner is null ? 2 * application.Flops : application.Flops;
            encoded |= !application.OfSource;
            if (encoded) reached |= trains || (application.OfSource && sourceReached);
            else sourceReached |= trains;
        }
        return flops;
    }

    /// <summary>Counts the training FLOPs of some texts: each at its own length, since attention grows with it. Padding
    /// counts nothing.</summary>
    /// <param name="objective">What the parts train on; null for the next token.</param>
    public static Func<IEnumerable<Extent>, double> Counter(Model model, IReadOnlyList<Part> train,
        IObjective? objective = null)
    {
        var known = new Dictionary<Extent, double>();   // few lengths, many texts
        double Of(Extent text)
        {
            if (text.Length == 0) return 0;
            if (!known.TryGetValue(text, out var flops))
                known[text] = flops = text.Length * FlopsPerToken(model, train, text, objective);
            return flops;
        }
        return texts => texts.Sum(Of);
    }

    /// <summary>FLOPs that must follow each other: of the most expensive chain of stages that need one
    /// another.</summary>
    /// <param name="flops">FLOPs of each stage.</param>
    public static double CriticalPath(IReadOnlyList<Stage> stages, IReadOnlyList<double> flops)
    {
        var ends = new double[stages.Count];
        for (var i = 0; i < ends.Length; i++)
            ends[i] = flops[i] + ends.Take(i).Where((_, j) => stages[i].Needs?.Contains(stages[j].Name) ?? true)
                .DefaultIfEmpty().Max();
        return ends.Max();
    }

    /// <summary>Number of parameters of the model.</summary>
    public static long Parameters(Model model) => model.parameters().Sum(p => p.numel());
}
