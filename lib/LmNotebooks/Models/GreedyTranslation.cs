using LmNotebooks.Languages;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>Translations of many texts, the most probable word at each step.</summary>
public static class GreedyTranslation
{
    private const int Rows = 64;

    /// <summary>A translation of each source, which is no longer than the model reads.</summary>
    /// <param name="ends">Whether a translation is at its end.</param>
    /// <exception cref="ArgumentException">A source is longer than the model reads, or empty.</exception>
    public static IReadOnlyList<int[]> Greedy(this EncoderDecoder translator, IReadOnlyList<int[]> sources,
        Func<IReadOnlyList<int>, bool> ends) =>
        [.. sources.Chunk(Rows).SelectMany(chunk => Translate(translator, chunk, ends))];

    private static IEnumerable<int[]> Translate(EncoderDecoder translator, int[][] sources,
        Func<IReadOnlyList<int>, bool> ends)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var start = translator.Config.Start;
        var corpus = Corpus.OfTranslations([.. sources.Select(s => new Example(s, [start]))], start);
        var batch = corpus.Take([.. sources.Select((_, n) => (long)n)], translator.Device);
        var (encoded, body) = (translator.Encode(batch.Sources!), (TransformerBody)translator.Body.Module);
        var (inputs, texts) = (batch.Inputs, sources.Select(_ => (int[])[]).ToArray());               // [B, 1]
        while (inputs.size(1) <= translator.Context && !texts.All(ends))
        {
            using var step = NewDisposeScope();
            var states = body.States(translator.Tokens.call(inputs), encoded);                        // [B, T, C]
            var words = translator.Head.Module.call(states[TensorIndex.Colon, -1]).argmax(-1);        // [B]
            foreach (var (n, word) in words.cpu().data<long>().ToArray().Index())
                if (!ends(texts[n])) texts[n] = [.. texts[n], (int)word];
            inputs = cat([inputs, words.unsqueeze(1)], 1).MoveToOuterDisposeScope();                  // [B, T + 1]
        }
        GC.KeepAlive(translator);   // libtorch reads weights that the model alone holds
        return texts;
    }
}
