using System.Runtime.InteropServices;
using System.Text;

namespace LmNotebooks.Tokens;

/// <summary>Learns byte-level BPE from a text (Sennrich et al. 2016): the pair of neighbouring tokens that occurs most
/// often becomes a token, again and again. Of pairs that occur equally often, the one of the lower left id is merged,
/// then of the lower right id: the same text always gives the same merges. A pair that would spell an existing token is
/// passed over, so that every merge makes a new token.</summary>
public sealed class BpeTrainer
{
    private const int Border = -1;      // around a piece; also where a token no longer begins

    private readonly int[] ids;         // a place for each byte; a token's id stands at its first and at its last byte
    private readonly int[] counts;      // at each place, how often the piece occurs
    // a long's hash would be left ^ right: few values
    private readonly Dictionary<(int Left, int Right), Pair> pairs = [];
    private readonly PriorityQueue<(int Left, int Right), (long, int, int)> queue = new();
    private readonly List<string> tokens = [.. ByteLevel.Characters.Select(c => c.ToString())];

    private sealed class Pair
    {
        public long Count;
        public readonly List<int> Places = [];      // ascending; some may have gone to other pairs since
    }

    /// <summary>Learns merges until there are <paramref name="vocabulary"/> tokens, or until no pair occurs
    /// twice.</summary>
    /// <exception cref="ArgumentException">The vocabulary has no room for the 256 bytes.</exception>
    public static BytePairs Train(string text, int vocabulary)
    {
        if (vocabulary < 256)
            throw new ArgumentException($"A vocabulary of {vocabulary} is too small: the 256 bytes are tokens already. "
            + "Ask for 256 or more.");
        return new BytePairs(new BpeTrainer(text).Merges(vocabulary - 256));
    }

    /// <summary>A text is its different pieces and how often each occurs: all that BPE looks at, and far less than the
    /// text.</summary>
    private BpeTrainer(string text)
    {
        var pieces = new Dictionary<string, int>();
        var bySpan = pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var piece in ByteLevel.Pieces().EnumerateMatches(text))
            CollectionsMarshal.GetValueRefOrAddDefault(bySpan, text.AsSpan(piece.Index, piece.Length), out _)++;
        var places = 1 + pieces.Keys.Sum(piece => Encoding.UTF8.GetByteCount(piece) + 1);
        (ids, counts) = (new int[places], new int[places]);
        ids[0] = Border;
        var place = 1;
        foreach (var (piece, count) in pieces)
        {
            foreach (var b in Encoding.UTF8.GetBytes(piece))
            {
                if (ids[place - 1] != Border) Add(ids[place - 1], b, place - 1, count);
                (ids[place], counts[place]) = (b, count);
                place++;
            }
            ids[place++] = Border;
        }
        foreach (var key in pairs.Keys) Queue(key);
    }

    private List<(int, int)> Merges(int most)
    {
        var (merges, spelled) = (new List<(int, int)>(), tokens.ToHashSet());
        while (merges.Count < most && queue.TryDequeue(out var key, out var priority))
        {
            if (-priority.Item1 != pairs[key].Count) Queue(key);      // it has become rarer since it was queued
            else if (spelled.Add(tokens[key.Left] + tokens[key.Right]))
            {
                Merge(key.Left, key.Right);
                merges.Add(key);
            }
        }
        return merges;
    }

    private void Merge(int left, int right)
    {
        var merged = tokens.Count;
        tokens.Add(tokens[left] + tokens[right]);
        var created = new List<(int, int)>();
        foreach (var begin in pairs[(left, right)].Places)
        {
            var middle = begin + tokens[left].Length;
            if (ids[begin] != left || ids[middle] != right) continue;
            var (end, count) = (middle + tokens[right].Length, counts[begin]);
            var (before, after) = (ids[begin - 1], ids[end]);
            if (before != Border)
            {
                pairs[(before, left)].Count -= count;
                if (Add(before, merged, begin - tokens[before].Length, count)) created.Add((before, merged));
            }
            if (after != Border)
            {
                pairs[(right, after)].Count -= count;
                if (Add(merged, after, begin, count)) created.Add((merged, after));
            }
            ids[middle] = Border;
            ids[begin] = ids[end - 1] = merged;
        }
        pairs.Remove((left, right));
        foreach (var key in created) Queue(key);
    }

    /// <returns>Whether the pair is a new one.</returns>
    private bool Add(int left, int right, int place, int count)
    {
        ref var pair = ref CollectionsMarshal.GetValueRefOrAddDefault(pairs, (left, right), out var known);
        pair ??= new Pair();
        pair.Count += count;
        pair.Places.Add(place);
        return !known;
    }

    private void Queue((int Left, int Right) key)
    {
        if (pairs[key].Count > 1) queue.Enqueue(key, (-pairs[key].Count, key.Left, key.Right));
    }
}
