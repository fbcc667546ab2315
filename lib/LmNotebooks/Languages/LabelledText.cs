namespace LmNotebooks.Languages;

/// <summary>A text, and the right answer to the one question that is asked about every text.</summary>
public sealed record LabelledText(string Text, string Label);
