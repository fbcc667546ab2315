namespace LmNotebooks.Figures;

/// <summary>What the renderers draw and a notebook kernel shows: a figure, or two beside each other.</summary>
public abstract record Graphic
{
    /// <summary>The finding in one line of text, for screen readers and for clients without pictures.</summary>
    public abstract string Caption { get; }

    /// <summary>How it was made, where it was drawn from records; empty otherwise. It travels with the chart, and a
    /// page shows it folded.</summary>
    public string Made { get; init; } = "";

    /// <summary>What the caption says first, up to its first semicolon or its end: the subtitle.</summary>
    internal virtual string Finding => Caption.Split("; ")[0].TrimEnd('.') is { Length: > 0 } first ? first + "." : "";

    /// <summary>What the caption says besides the finding, for a place where the finding is read already.</summary>
    internal virtual string Rest => string.Join("; ", Caption.Split("; ").Skip(1));

    /// <summary>From the left.</summary>
    internal abstract IReadOnlyList<Figure> Panels { get; }

    public sealed override string ToString() => Caption;
}
