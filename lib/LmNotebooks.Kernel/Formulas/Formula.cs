namespace LmNotebooks.Kernel.Formulas;

/// <summary>A formula as a page shows it.</summary>
/// <param name="Html">A math element; where it cannot be drawn, its TeX as a code element of the class tex.</param>
/// <param name="Problem">Why it cannot be drawn, with the formula's beginning: a sentence; null if it is drawn.</param>
public sealed record Formula(string Html, string? Problem = null);
