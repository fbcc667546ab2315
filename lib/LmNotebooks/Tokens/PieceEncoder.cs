using System.Text;

namespace LmNotebooks.Tokens;

/// <summary>Byte-level BPE of one piece of a text after another. Of all pairs of neighbouring tokens the one that was
/// learned first is merged, of equal ones the leftmost, until no pair is left that was learned. A piece of n bytes
/// takes n log n steps, whatever is in it: DNA, base64 and Thai have no blanks, and are one piece.</summary>
/// <param name="merges">Merge k makes the token 256 + k.</param>
/// <param name="merged">The token that a pair makes.</param>
/// <param name="tokens">Their bytes as characters.</param>
internal sealed class PieceEncoder(
    (int Left, int Right)[] merges, Dictionary<(int Left, int Right), int> merged, string[] tokens)
{
    private const int LongestKept = 32, MostKept = 1 << 16;     // characters; pieces that may well come again
    private const int Gone = -1;            // where a token no longer begins

    private readonly Dictionary<string, int[]> known = [];
    private readonly PriorityQueue<int, long> queue = new();    // where pairs begin, by what they make, then by place
    private byte[] bytes = [];
    private int[] ids = [];                 // a token's id stands at its first and at its last byte

    /// <summary>Appends the ids of a piece. Half a surrogate pair is no text and is encoded as U+FFFD.</summary>
    public void Encode(ReadOnlySpan<char> piece, List<int> into)
    {
        var bySpan = known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (bySpan.TryGetValue(piece, out var again))
        {
            into.AddRange(again);
            return;
        }
        var begin = into.Count;
        Merge(piece, into);
        if (piece.Length <= LongestKept && known.Count < MostKept) bySpan[piece] = [.. into[begin..]];
    }

    private void Merge(ReadOnlySpan<char> piece, List<int> into)
    {
        var count = Encoding.UTF8.GetByteCount(piece);
        if (ids.Length < count) (bytes, ids) = (new byte[2 * count], new int[2 * count]);
        Encoding.UTF8.GetBytes(piece, bytes);
        for (var place = 0; place < count; place++) ids[place] = bytes[place];
        for (var place = 1; place < count; place++) Queue(place - 1, place);
        while (queue.TryDequeue(out var begin, out var priority))
        {
            var id = (int)(priority >> 32);
            var (left, right) = merges[id - 256];
            var middle = begin + tokens[left].Length;
            if (ids[begin] != left || ids[middle] != right) continue;       // one of them was merged since
            var end = begin + tokens[id].Length;
            ids[middle] = Gone;
            ids[begin] = ids[end - 1] = id;
            if (begin > 0) Queue(begin - tokens[ids[begin - 1]].Length, begin);
            if (end < count) Queue(begin, end);
        }
        for (var place = 0; place < count; place += tokens[ids[place]].Length) into.Add(ids[place]);
    }

    private void Queue(int begin, int middle)
    {
        if (merged.TryGetValue((ids[begin], ids[middle]), out var id))
            queue.Enqueue(begin, (long)id << 32 | (uint)begin);
    }
}
