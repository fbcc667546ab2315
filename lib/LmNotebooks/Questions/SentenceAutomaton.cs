using LmNotebooks.Languages;

namespace LmNotebooks.Questions;

/// <summary>A move of a finite automaton.</summary>
/// <param name="Probability">P(a word of this slot is next | From).</param>
/// <param name="Words">The words of which one is read.</param>
internal readonly record struct Arc(int From, int To, double Probability, WordChoice Words);

/// <summary>The grammar written out as a finite automaton: nesting of bounded depth has finitely many states. In state
/// 0 a sentence begins, and only a full stop leads there.</summary>
internal sealed class SentenceAutomaton
{
    /// <summary>Finds the states breadth first. The grammar sees a word's slot, class and number, and the class that an
    /// adjective prefers; one word speaks for all in which it sees the same.</summary>
    public SentenceAutomaton(LinguaKnobs knobs, Lexicon lexicon)
    {
        int Preferred(Word word) => word.Slot == Slot.Adjective ? lexicon.StemOf(word)!.Class : 0;
        var kinds = lexicon.Words.ToLookup(w => (w.Slot, w.Class, w.Plural, Preferred(w)));
        var states = new List<Grammar> { new(knobs) };
        var numbers = new Dictionary<string, int> { [states[0].State] = 0 };
        var choices = new Dictionary<(object Kind, int Context), WordChoice>();
        for (var from = 0; from < states.Count; from++)
            foreach (var kind in kinds)
            {
                var (state, word) = (states[from], kind.First());
                var (probability, context) = (state.Probability(word.Slot), state.Context(word.Slot));
                if (probability == 0 || !state.Agrees(word)) continue;
                if (!choices.TryGetValue((kind, context), out var words))
                    choices[(kind, context)] = words = new WordChoice(lexicon, kind, context, state.Number(word));
                var next = state.Copy();
                next.Advance(word, lexicon.StemOf(word));
                if (numbers.TryAdd(next.State, states.Count)) states.Add(next);
                Arcs.Add(new Arc(from, numbers[next.State], probability, words));
            }
        States = states.Count;
    }

    public int States { get; }
    public List<Arc> Arcs { get; } = [];
}
