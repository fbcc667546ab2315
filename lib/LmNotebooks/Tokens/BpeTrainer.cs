using System.Runtime.InteropServices;

namespace LmNotebooks.Tokens;

/// <summary>Learns byte-level BPE from a text (Sennrich et al. 2016): the pair of neighbouring tokens that occurs most often becomes a
/// token, again and again. Of pairs that occur equally often, the one of the lower left id is merged, then of the lower right id: the same
/// text always gives the same merges. A pair that would spell an existing token is passed over, so that every merge makes a new token.</summary>
public sealed class BpeTrainer
{
    private readonly List<(List<int> Tokens, long Count)> words = [];
    private readonly Dictionary<long, Pair> pairs = [];
    private readonly PriorityQueue<long, (long, long)> queue = new();
    private readonly List<string> tokens = [.. ByteLevel.Characters.Select(c => c.ToString())];
    private readonly List<(int, int)> merges = [];

    private sealed class Pair
    {
        public long Count;
        public readonly List<int> Words = [];
    }

    /// <summary>Learns merges until there are <paramref name="vocabulary"/> tokens, or until no pair occurs twice.</summary>
    /// <exception cref="ArgumentException">The vocabulary has no room for the 256 bytes.</exception>
    public static BytePairs Train(string text, int vocabulary)
    {
        if (vocabulary < 256) throw new ArgumentException($"A vocabulary of {vocabulary} is too small: the 256 bytes are tokens already. Ask for 256 or more.");
        return new BytePairs(new BpeTrainer(text).Merges(vocabulary - 256));
    }

    /// <summary>A text is its different pieces and how often each occurs: all that BPE looks at, and far less than the text.</summary>
    private BpeTrainer(string text)
    {
        var counts = new Dictionary<string, long>();
        var bySpan = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var piece in ByteLevel.Pieces().EnumerateMatches(text))
            CollectionsMarshal.GetValueRefOrAddDefault(bySpan, text.AsSpan(piece.Index, piece.Length), out _)++;
        var ids = ByteLevel.Characters.Select((character, b) => (character, b)).ToDictionary(x => x.character, x => x.b);
        foreach (var (piece, count) in counts) words.Add(([.. ByteLevel.Write(piece).Select(c => ids[c])], count));
        for (var w = 0; w < words.Count; w++)
            for (var i = 0; i + 1 < words[w].Tokens.Count; i++)
                Count(words[w].Tokens[i], words[w].Tokens[i + 1], w, words[w].Count);
        foreach (var key in pairs.Keys) Queue(key);
    }

    private List<(int, int)> Merges(int most)
    {
        var spelled = tokens.ToHashSet();
        while (merges.Count < most && queue.TryDequeue(out var key, out var priority))
        {
            var (pair, left, right) = (pairs[key], (int)(key >> 32), (int)key);
            if (-priority.Item1 != pair.Count) Queue(key);      // it has become rarer since it was queued
            else if (spelled.Add(tokens[left] + tokens[right])) Merge(pair, left, right);
        }
        return merges;
    }

    private void Merge(Pair pair, int left, int right)
    {
        var merged = tokens.Count;
        tokens.Add(tokens[left] + tokens[right]);
        merges.Add((left, right));
        var created = new HashSet<long>();
        foreach (var w in pair.Words)
        {
            var (word, count) = words[w];
            var end = 0;
            for (var i = 0; i < word.Count; i++)
            {
                if (i + 1 == word.Count || word[i] != left || word[i + 1] != right)
                {
                    word[end++] = word[i];
                    continue;
                }
                Count(left, right, w, -count);
                if (end > 0)
                {
                    Count(word[end - 1], left, w, -count);
                    created.Add(Count(word[end - 1], merged, w, count));
                }
                if (i + 2 < word.Count)
                {
                    Count(right, word[i + 2], w, -count);
                    created.Add(Count(merged, word[i + 2], w, count));
                }
                word[end++] = merged;
                i++;
            }
            word.RemoveRange(end, word.Count - end);
        }
        foreach (var key in created) Queue(key);
    }

    /// <summary>Adds to a pair's count; a word with more of the pair is noted as one that has it.</summary>
    /// <returns>The pair's key.</returns>
    private long Count(int left, int right, int word, long change)
    {
        var key = ((long)left << 32) | (uint)right;
        ref var pair = ref CollectionsMarshal.GetValueRefOrAddDefault(pairs, key, out _);
        pair ??= new Pair();
        pair.Count += change;
        if (change > 0 && (pair.Words.Count == 0 || pair.Words[^1] != word)) pair.Words.Add(word);
        return key;
    }

    private void Queue(long key)
    {
        if (pairs[key].Count > 1) queue.Enqueue(key, (-pairs[key].Count, key));
    }
}
