namespace LmNotebooks.Practice;

/// <summary>How an exercise stands.</summary>
public enum Outcome { Open, NotYet, Right }
