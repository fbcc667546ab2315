using System.Collections;

namespace LmNotebooks.Tokens;

/// <summary>A list whose items are made when they are asked for, and not kept.</summary>
internal sealed class Computed<T>(int count, Func<int, T> item) : IReadOnlyList<T>
{
    public int Count => count;

    public T this[int index] => item(index);

    public IEnumerator<T> GetEnumerator() => Enumerable.Range(0, count).Select(item).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
