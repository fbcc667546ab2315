namespace LmNotebooks.Figures;

/// <summary>How families of marks are told apart: a model has one colour in the whole course, and within a figure no
/// two families share both colour and form.</summary>
internal static class Palette
{
    // By the beginning of the name, of which the longest counts. Models that never meet may share a colour.
    private static readonly Dictionary<string, int> Known = new()
    {
        ["Transformer"] = 0, ["joint"] = 0, ["unshared"] = 0, ["weights of their own"] = 0, ["your Transformer"] = 0,
        ["RNN"] = 4, ["LSTM"] = 1, ["GRU"] = 2,
        ["unigram"] = 9, ["bigram"] = 8, ["trigram"] = 3, ["4-gram"] = 10, ["Kneser-Ney"] = 3, ["counting"] = 8,
        ["hierarchical"] = 1, ["part after part"] = 1, ["greedy"] = 2, ["skip-gram"] = 6, ["random"] = 4,
        ["vectors of a joint model"] = 5, ["encoder first"] = 7, ["from scratch"] = 9,
        ["body replaced, interface in stages"] = 1, ["body replaced, interface joint"] = 0,
        ["body replaced, interface random"] = 4, ["head replaced"] = 6,
        ["all shared"] = 2, ["one set of weights"] = 2, ["shared"] = 2, ["all shared, step vectors"] = 6,
        ["attention shared"] = 3, ["encoder and decoder shared"] = 2, ["one layer"] = 1, ["one wide layer"] = 7,
        ["four layers shared"] = 10, ["2 layers"] = 8, ["4 layers"] = 9, ["cycle"] = 4,
        ["GPT"] = 0, ["GPT on shuffled text"] = 5, ["BERT"] = 1, ["XLNet"] = 2, ["scratch"] = 8, ["bag of words"] = 9,
        ["to intent"] = 0, ["to entailment"] = 1, ["to tags"] = 3, ["to polarity"] = 2, ["to sign"] = 4,
        ["to translation"] = 6,
        ["one head"] = 1, ["own heads"] = 0,
    };

    /// <summary>The number of the colour of each family, and of its marker and dash.</summary>
    public static IReadOnlyList<(int Colour, int Form)> Of(IReadOnlyList<string> families)
    {
        var named = families.Select(Named).ToList();
        var free = new Queue<int>(Enumerable.Range(0, Theme.Series.Count).Where(c => !named.Contains(c)));
        var looks = new List<(int Colour, int Form)>();
        foreach (var own in named)
        {
            var colour = own ?? (free.Count > 0 ? free.Dequeue() : looks.Count % Theme.Series.Count);
            looks.Add((colour, colour + looks.Count(look => look.Colour == colour)));
        }
        return looks;
    }

    private static int? Named(string family) => Known
        .Where(known => family.StartsWith(known.Key, StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(known => known.Key.Length).Select(known => (int?)known.Value).FirstOrDefault();
}
