namespace LmNotebooks.Languages;

/// <summary>The grammar as a pushdown automaton that reads words: S -> NP V [NP] [Adv] [Prompt] "." | Definition; NP ->
/// Det {[not] Adj} N [PP | RC]; PP -> Prep NP; RC -> that NP V. A verb agrees with the head noun of its subject, over
/// whatever lies between. The kind of the next word decides the move, so the state is a function of the words read so
/// far.</summary>
internal sealed class Grammar(LinguaKnobs knobs)
{
    private const int MostAdjectives = 2;

    private enum Phase { PhraseStart, Modifiers, Noun, PhraseEnd, MainVerb, Adverb, Defined, Answer, Due }
    private enum Role { MainSubject, MainObject, RelativeSubject, AfterPreposition }
    private record struct Phrase(Role Role, int Class, bool Plural, int Attractors = 0);

    private Phrase[] open = new Phrase[knobs.Depth + 2];            // noun phrases that have begun and not ended
    private int top;                                                // index of the innermost; it is also its depth
    private Phase phase = Phase.PhraseStart;
    private int adjectives;
    private bool negated;
    private int preferred; // noun context: class preferred by the adjective before it, plus one
    private int form;                                               // of a prompt, which is to be answered
    private Queue<(Slot Slot, int Stem)> due = [];                  // words that must follow, one by one

    /// <summary>Probability that the next word is of this kind.</summary>
    public double Probability(Slot slot) => phase switch
    {
        Phase.PhraseStart when top == 0 => slot switch
        {
            Slot.Determiner => 1 - knobs.Definition, Slot.Article => knobs.Definition, _ => 0,
        },
        Phase.PhraseStart => slot == Slot.Determiner ? 1 : 0,
        Phase.Modifiers when negated => slot == Slot.Adjective ? 1 : 0,
        Phase.Modifiers when adjectives == MostAdjectives => slot == Slot.Noun ? 1 : 0,
        Phase.Modifiers => slot switch
        {
            Slot.Adjective => knobs.Adjective, Slot.Negation => knobs.Negation, Slot.Noun =>
                1 - knobs.Adjective - knobs.Negation, _ => 0,
        },
        Phase.Noun when top < knobs.Depth => slot switch
        {
            Slot.Preposition => knobs.Prepositional, Slot.Relative => knobs.Relative, _ =>
                (1 - knobs.Prepositional - knobs.Relative) * AfterPhrase(slot),
        },
        Phase.Noun or Phase.PhraseEnd => AfterPhrase(slot),
        Phase.MainVerb => slot == Slot.Determiner ? 1 - knobs.Intransitive : knobs.Intransitive * SentenceEnd(slot),
        Phase.Adverb => Ends(slot) ? 1 : 0,
        Phase.Defined => slot == Slot.Noun ? 1 : 0,
        Phase.Answer => slot == Slot.Attribute ? 1 : 0,
        _ => slot == due.Peek().Slot ? 1 : 0,
    };

    /// <summary>What the grammar contributes to the choice of a word of this kind: see <see cref="Lexicon"/>.</summary>
    public int Context(Slot slot) => slot switch
    {
        Slot.Noun when phase == Phase.Defined => knobs.NounClasses + 1,
        Slot.Noun => preferred, Slot.Verb => Subject.Class, Slot.Adjective => negated ? 1 : 0, _ => 0,
    };

    /// <summary>Probability of the plural, if the next word is a noun; what is defined stands in the
    /// singular.</summary>
    public double Plural => phase == Phase.Defined ? 0 : knobs.Plural;

    /// <summary>P(number | noun) of a word that may come next; 1 for other words, whose number is not chosen.</summary>
    public double Number(Word word) => word.Slot != Slot.Noun ? 1 : word.Plural ? Plural : 1 - Plural;

    /// <summary>The form of the prompt that the next word answers; null if it answers none.</summary>
    public int? Asked => phase == Phase.Answer ? form : null;

    /// <summary>Which word of its kind the next one must be, if the words before it leave no choice.</summary>
    public int? Due => phase == Phase.Due ? due.Peek().Stem : null;

    /// <summary>Whether a word is what the words before it ask for: a verb agrees with its subject, and what is due
    /// comes.</summary>
    public bool Agrees(Word word) => Due is { } stem ? word.Stem == stem
        : word.Slot != Slot.Verb || (word.Class == Subject.Class && word.Plural == Subject.Plural);

    /// <summary>The subject of the verb that may come next.</summary>
    public (int Class, bool Plural) Subject
    {
        get { var phrase = open[Enclosing]; return (phrase.Class, phrase.Plural); }
    }

    /// <summary>The place of a word that may come next.</summary>
    public Place PlaceOf(Word word) => new(word,
        word.Slot is Slot.Verb or Slot.Adverb or Slot.Stop or Slot.Prompt ? Enclosing : top,
        word.Slot == Slot.Verb ? open[Enclosing].Attractors : 0);

    /// <summary>The tag of a word that may come next.</summary>
    public Tag TagOf(Word word) => word.Slot switch
    {
        Slot.Determiner when phase == Phase.MainVerb => Tag.Object,
        Slot.Determiner or Slot.Negation or Slot.Adjective or Slot.Noun => open[top].Role switch
        {
            Role.MainSubject => Tag.Subject,
            Role.MainObject => Tag.Object,
            Role.RelativeSubject => Tag.RelativeSubject,
            _ => Tag.AfterPreposition,
        },
        _ => Tag.None,
    };

    /// <summary>Reads a word that may come next.</summary>
    /// <param name="stem">The word's stem, if it has one.</param>
    public void Advance(Word word, Stem? stem)
    {
        if (phase == Phase.Due) due.Dequeue();
        switch (word.Slot)
        {
            case Slot.Determiner:
                if (phase == Phase.MainVerb) open[top = 0] = new Phrase(Role.MainObject, 0, false);
                (phase, adjectives, negated, preferred) = (Phase.Modifiers, 0, false, 0);
                break;
            case Slot.Negation: negated = true; break;
            case Slot.Adjective: (adjectives, negated, preferred) = (adjectives + 1, false, stem!.Class + 1); break;
            case Slot.Article when phase == Phase.PhraseStart: phase = Phase.Defined; break;
            case Slot.Noun when phase == Phase.Defined:
                (phase, due) = (Phase.Due, new(AttributeWords.Definition(stem!, knobs)));
                break;
            case Slot.Prompt: (phase, form, top) = (Phase.Answer, word.Stem, 0); break;
            case Slot.Attribute when phase == Phase.Answer: (phase, due) = (Phase.Due, new([(Slot.Stop, 0)])); break;
            case Slot.Noun:
                open[top] = open[top] with { Class = word.Class, Plural = word.Plural };
                foreach (ref var outer in open.AsSpan(0, top))
                    if ((outer.Class, outer.Plural) != (word.Class, word.Plural)) outer.Attractors++;
                phase = Phase.Noun;
                break;
            case Slot.Preposition: Open(Role.AfterPreposition); break;
            case Slot.Relative: Open(Role.RelativeSubject); break;
            case Slot.Verb:
                top = Enclosing;
                if (open[top].Role == Role.MainSubject) phase = Phase.MainVerb;
                // the clause ends, and with it the phrase that it belongs to
                else (phase, top) = (Phase.PhraseEnd, top - 1);
                break;
            case Slot.Adverb: phase = Phase.Adverb; break;
            case Slot.Stop: (phase, open[top = 0]) = (Phase.PhraseStart, default); break;
        }
    }

    /// <summary>What the words to come depend on, as text, and no more: where two automata say the same, they go on
    /// alike. The verb after a subject asks for its form; of other phrases only that they are open matters.</summary>
    public string State
    {
        get
        {
            var phrases = string.Join(' ', open.Take(top + 1).Select(p =>
                p.Role is Role.MainSubject or Role.RelativeSubject ? (p.Role, p.Class, p.Plural) : (p.Role, 0, false)));
            return phase switch
            {
                Phase.MainVerb or Phase.Adverb => $"{phase}",
                Phase.Modifiers => $"{phase} {adjectives} {negated} {(negated ? 0 : preferred)} {phrases}",
                _ => $"{phase} {phrases}",
            };
        }
    }

    /// <summary>An automaton in the state of this one, which goes its own way.</summary>
    public Grammar Copy()
    {
        var copy = (Grammar)MemberwiseClone();
        copy.open = [.. open];
        copy.due = new(due);
        return copy;
    }

    private void Open(Role role)
    {
        open[++top] = new Phrase(role, 0, false);
        phase = Phase.PhraseStart;
    }

    /// <summary>The innermost open phrase whose end is followed by something of its own; phrases after prepositions end
    /// with theirs.</summary>
    private int Enclosing
    {
        get
        {
            var i = top;
            while (open[i].Role == Role.AfterPreposition) i--;
            return i;
        }
    }

    private double AfterPhrase(Slot slot) => open[Enclosing].Role == Role.MainObject ? SentenceEnd(slot)
        : slot == Slot.Verb ? 1 : 0;

    private double SentenceEnd(Slot slot) => slot == Slot.Adverb ? knobs.Adverb : Ends(slot) ? 1 - knobs.Adverb : 0;

    /// <summary>Whether a word ends a sentence, as far as the structure goes; the latents choose between a stop and a
    /// prompt.</summary>
    private bool Ends(Slot slot) => slot == Slot.Stop || (slot == Slot.Prompt && knobs.Prompt > 0);
}
