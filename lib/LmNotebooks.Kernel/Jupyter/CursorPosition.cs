namespace LmNotebooks.Kernel.Jupyter;

/// <summary>A place in a cell as its client counts. Jupyter counts code points, VS Code UTF-16 units, and a request
/// does not say which: they differ after characters such as emoji. The more plausible one is taken, and answers are in
/// the same counting.</summary>
public readonly record struct CursorPosition
{
    private readonly string code;
    private readonly bool countsCodePoints;

    private CursorPosition(string code, int index, bool countsCodePoints) =>
        (this.code, Index, this.countsCodePoints) = (code, index, countsCodePoints);

    /// <summary>In UTF-16 units, within the cell and never inside a pair of surrogates.</summary>
    public int Index { get; }

    /// <param name="position">As in the request. Beyond the end it means the end: VS Code may send a newer text than
    /// the position was for.</param>
    public static CursorPosition Of(string code, int position)
    {
        var (units, points) = (Math.Clamp(position, 0, code.Length), IndexOf(code, position));
        if (points is not { } index) return new(code, WholeCharacter(code, units), false);
        return Plausibility(code, units) > Plausibility(code, index) ? new(code, units, false) : new(code, index, true);
    }

    /// <summary>A place of the same cell, counted as the client does.</summary>
    public int Answer(int index) => countsCodePoints ? code[..index].EnumerateRunes().Count() : index;

    /// <summary>Editors ask at the end of a name or after a dot; nobody can stand inside of a character.</summary>
    private static int Plausibility(string code, int index)
    {
        if (index != WholeCharacter(code, index)) return -1;
        if (index == 0 || !(code[index - 1] == '.' || IsName(code[index - 1]))) return 0;
        return index < code.Length && IsName(code[index]) ? 1 : 2;
    }

    private static bool IsName(char c) => c == '_' || char.IsLetterOrDigit(c);

    private static int WholeCharacter(string code, int index) =>
        index > 0 && index < code.Length && char.IsSurrogatePair(code[index - 1], code[index]) ? index - 1 : index;

    /// <returns>Null if the text has fewer code points.</returns>
    private static int? IndexOf(string code, int points)
    {
        var index = 0;
        foreach (var rune in code.EnumerateRunes())
        {
            if (points-- <= 0) return index;
            index += rune.Utf16SequenceLength;
        }
        return points <= 0 ? index : null;
    }
}
