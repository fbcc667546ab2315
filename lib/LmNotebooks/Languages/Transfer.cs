namespace LmNotebooks.Languages;

/// <summary>A place in a target sentence: the source word whose meaning stands there, and in which case.</summary>
internal readonly record struct TargetPlace(Word Source, Case Case);

/// <summary>The grammar of the target, as a reader of source documents that puts their words into the target's order. S
/// -> [Adv] and, in some order, NP-nominative, [NP-accusative] and V, then "."; of the second language NP -> N {Adj
/// [not]} [Det] [NP-oblique Postp | that NP-nominative V], where the determiner "the" is not said, and of the third NP
/// -> Det {[not] Adj} N [Prep NP-oblique | that V NP-nominative]. In the second, cases tell what a phrase does, and
/// verbs, postpositions and "that" where it ends, so that a sentence has one parse in every order.</summary>
/// <param name="source">Whole, grammatical sentences.</param>
internal sealed class Transfer(TargetLanguage language, IReadOnlyList<Word> source)
{
    /// <summary>Orders of subject (0), object (1) and verb (2); the first is the usual one, of a language with the verb
    /// first the last but one.</summary>
    private static readonly int[][] Orders = [[0, 1, 2], [1, 0, 2], [0, 2, 1], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

    private int next;

    /// <summary>P(order) of all orders.</summary>
    public static IEnumerable<double> OrderProbabilities(double scrambling) =>
        Orders.Select((_, i) => i == 0 ? 1 - scrambling : scrambling / (Orders.Length - 1));

    /// <summary>Every sentence in every order.</summary>
    public IEnumerable<TargetPlace[][]> Sentences()
    {
        while (next < source.Count) yield return Sentence();
    }

    private Slot Following => source[next].Slot;

    private TargetPlace Take(Case @case = Case.None) =>
        new(source[next], source[next++].Slot == Slot.Noun ? @case : Case.None);

    private TargetPlace[][] Sentence()
    {
        TargetPlace[] subject = Phrase(Case.Nominative), verb = [Take()];
        var @object = Following == Slot.Determiner ? Phrase(Case.Accusative) : [];
        TargetPlace[] adverb = Following == Slot.Adverb ? [Take()] : [];
        var (parts, stop) = (new[] { subject, @object, verb }, Take());
        var orders = language.VerbFirst ? Orders[^2..].Concat(Orders[..^2]) : Orders;
        return [.. orders.Select(order => (TargetPlace[])[.. adverb, .. order.SelectMany(part => parts[part]), stop])];
    }

    private TargetPlace[] Phrase(Case @case)
    {
        var mirrored = new Stack<TargetPlace>();
        do mirrored.Push(Take(@case)); while (mirrored.Peek().Case == Case.None);
        var phrase = (language.VerbFirst ? mirrored.Reverse() : mirrored).Where(p => language.Says(p.Source));
        if (Following is not (Slot.Relative or Slot.Preposition)) return [.. phrase];
        var (relative, joins) = (Following == Slot.Relative, Take());
        var inner = Phrase(relative ? Case.Nominative : Case.Oblique);
        TargetPlace[] verb = relative ? [Take()] : [];
        if (language.VerbFirst) return [.. phrase, joins, .. verb, .. inner];
        return relative ? [.. phrase, joins, .. inner, .. verb] : [.. phrase, .. inner, joins];
    }
}
