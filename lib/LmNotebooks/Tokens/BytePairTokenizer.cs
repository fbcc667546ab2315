using System.Buffers;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace LmNotebooks.Tokens;

/// <summary>Byte-level BPE behind the library's <see cref="Tokenizer"/>. The library's own decodes, but would take n²
/// steps to encode a piece of n bytes.</summary>
/// <param name="merges">Pairs of ids of earlier tokens.</param>
/// <param name="tokens">Their bytes as characters.</param>
internal sealed class BytePairTokenizer((int Left, int Right)[] merges, string[] tokens) : Tokenizer
{
    private const int MostKept = 1 << 16; // characters: after a longer text the encoder has grown too large to keep

    private readonly Dictionary<(int Left, int Right), int> merged =
        merges.Index().ToDictionary(m => m.Item, m => 256 + m.Index);

    private readonly BpeTokenizer decoder =
        BpeTokenizer.Create(new BpeOptions(tokens.Select((t, id) => KeyValuePair.Create(t, id))) { ByteLevel = true });

    private PieceEncoder? idle;     // it knows common pieces; threads at the same time make others

    public override string Decode(IEnumerable<int> ids) => decoder.Decode(ids);

    public override OperationStatus Decode(
        IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten) =>
        decoder.Decode(ids, destination, out idsConsumed, out charsWritten);

    protected override int CountTokens(string? text, ReadOnlySpan<char> span, EncodeSettings settings) =>
        EncodeToIds(text, span, settings).Tokens.Count;

    protected override EncodeResults<int> EncodeToIds(string? text, ReadOnlySpan<char> span, EncodeSettings settings)
    {
        if (text is not null) span = text;
        var ids = Encode(span, settings.ConsiderPreTokenization);
        if (ids.Count <= settings.MaxTokenCount)
            return new EncodeResults<int> { Tokens = ids, CharsConsumed = span.Length };
        var next = EncodeToTokens(null, span, settings).Tokens[settings.MaxTokenCount];
        return new EncodeResults<int> { Tokens = ids[..settings.MaxTokenCount],
            CharsConsumed = next.Offset.Start.Value };
    }

    /// <summary>Each token with the characters that it has bytes of.</summary>
    protected override EncodeResults<EncodedToken> EncodeToTokens(
        string? text, ReadOnlySpan<char> span, EncodeSettings settings)
    {
        if (text is not null) span = text;
        var encoded = new List<EncodedToken>();
        var (begin, end, lacking) = (0, 0, 0); // of the character that was reached; its bytes that are still to come
        foreach (var id in Encode(span, settings.ConsiderPreTokenization))
        {
            var first = lacking > 0 ? begin : end;
            for (lacking -= tokens[id].Length; lacking < 0; lacking += Next(span, ref begin, ref end)) { }
            encoded.Add(new EncodedToken(id, tokens[id], new Range(first, end)));
        }
        return new EncodeResults<EncodedToken> { Tokens = encoded, CharsConsumed = span.Length };
    }

    /// <returns>Bytes of the next character.</returns>
    private static int Next(ReadOnlySpan<char> text, ref int begin, ref int end)
    {
        Rune.DecodeFromUtf16(text[end..], out var character, out var length);
        (begin, end) = (end, end + length);
        return character.Utf8SequenceLength;
    }

    private List<int> Encode(ReadOnlySpan<char> text, bool inPieces)
    {
        var ids = new List<int>();
        var encoder = Interlocked.Exchange(ref idle, null) ?? new PieceEncoder(merges, merged, tokens);
        if (inPieces)
            foreach (var piece in ByteLevel.Pieces().EnumerateMatches(text))
                encoder.Encode(text.Slice(piece.Index, piece.Length), ids);
        else encoder.Encode(text, ids);
        if (text.Length <= MostKept) idle = encoder;
        return ids;
    }
}
