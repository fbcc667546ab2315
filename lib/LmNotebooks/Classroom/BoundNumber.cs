namespace LmNotebooks.Classroom;

/// <summary>A measured number in prose, bound to the records by a comment that readers do not see:
/// <c>0.116&lt;!--=sharing/albert-all/excess:F3--&gt;</c>.</summary>
/// <param name="Text">What the prose says; empty where there is neither number nor word before the comment.</param>
/// <param name="Now">What the records say.</param>
internal sealed record BoundNumber(string Text, string Key, string Now)
{
    public bool IsCurrent => Text == Now;
}
