namespace LmNotebooks.Languages;

/// <summary>From one language into another, or into the same: a copy.</summary>
public readonly record struct Direction(Language From, Language Into)
{
    public override string ToString() => $"{From} to {Into}";
}
