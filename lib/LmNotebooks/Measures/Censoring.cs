namespace LmNotebooks.Measures;

/// <summary>How a number that could not be measured lies to the one that is given in its place.</summary>
public enum Censoring { None, Above, Below }
