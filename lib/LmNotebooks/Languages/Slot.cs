namespace LmNotebooks.Languages;

/// <summary>Kinds of words. The kind of a word decides the grammatical move that it makes.</summary>
public enum Slot
{
    Determiner, Negation, Adjective, Noun, Preposition, Relative, Verb, Adverb, Stop,
    Article, Copula, Attribute, Prompt,
}
