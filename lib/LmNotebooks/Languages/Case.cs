namespace LmNotebooks.Languages;

/// <summary>What a noun of the target does in its sentence; other words have no case.</summary>
public enum Case { None, Nominative, Accusative, Oblique }
