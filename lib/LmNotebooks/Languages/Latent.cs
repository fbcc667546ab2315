namespace LmNotebooks.Languages;

/// <summary>The hidden causes of a text: topic and register of the document, polarity, which may change between
/// sentences, and the intent of each sentence.</summary>
public enum Latent { Topic, Polarity, Register, Intent }
