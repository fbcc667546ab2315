using LmNotebooks.Languages;
using LmNotebooks.Tokens;

namespace LmNotebooks.Experiments;

/// <summary>A real text, whose next token is to be predicted: <see cref="DotnetDocumentation"/> in byte pairs, learned
/// from all of it, in blocks of equal length. Nobody knows its truth. The blocks stand in a fixed random order and are
/// dealt out in equal parts, one for each seed, so that every part is a sample of the whole, to train on and to test on
/// alike; blocks from neighbouring places of the text can be in any two of them. A block begins as a document of a
/// synthetic language does: all that its first token is predicted from is the start.</summary>
/// <param name="TuningSeeds">Seeds that only choose.</param>
/// <param name="Seeds">Seeds that test. More text than its part has, a seed takes from the following ones of its kind,
/// and never what they are tested on; so tuning and testing seeds have no text in common.</param>
public sealed record RealTexts(IReadOnlyList<int> TuningSeeds, IReadOnlyList<int> Seeds) : IWorld
{
    internal const int Vocabulary = 1024, BlockLength = 64, TestBlocks = 400;

    // what fails is tried again: the package may have come
    private static readonly Lazy<(BytePairs Tokenizer, IReadOnlyList<int[]> Blocks)> Text =
        new(Read, LazyThreadSafetyMode.PublicationOnly);

    public string Describe(Scale scale) =>
        $"{DotnetDocumentation.Sha256} {Vocabulary} byte pairs, blocks of {BlockLength}, "
        + $"{TestBlocks} to test on, seeds {string.Join(' ', TuningSeeds)}; {string.Join(' ', Seeds)}";

    /// <exception cref="ArgumentException">There is no part for the seed, or not so much text; one
    /// sentence.</exception>
    /// <exception cref="IOException">The text's package is missing; one sentence.</exception>
    public (IDistribution? Truth, Material Material) Draw(Scale scale, int seed)
    {
        var (tokenizer, blocks) = Text.Value;
        var (train, test) = Deal(blocks.Count, scale, seed);
        Corpus Of(IEnumerable<int> numbers) => Corpus.OfDocuments(numbers.Select(n => blocks[n]), '\n');
        return (null, new Material(new Dataset($"real text, seed {seed}",
            Dataset.Hashed($"{Describe(scale)} {tokenizer.Hash} {scale.TrainTokens} {scale.TestDocuments} {seed}"),
            tokenizer.Vocabulary, '\n', Of(train),
                Of(test)) { TestBytes = test.Sum(n => tokenizer.Bytes(blocks[n])) }));
    }

    /// <summary>The numbers of the blocks that a seed trains on, and of those that it is tested on.</summary>
    /// <param name="count">Blocks in all.</param>
    internal (IReadOnlyList<int> Train, IReadOnlyList<int> Test) Deal(int count, Scale scale, int seed)
    {
        var isTuning = TuningSeeds.Contains(seed);
        var seeds = isTuning ? TuningSeeds : Seeds;
        if (!seeds.Contains(seed))
            throw new ArgumentException($"The real text has no part for seed {seed}: it is dealt out to "
                + $"{string.Join(", ", TuningSeeds.Concat(Seeds))}.");
        if (scale.TestDocuments > TestBlocks)
            throw new ArgumentException($"The real text has {TestBlocks} blocks to test a seed on, and not "
                + $"{scale.TestDocuments}: take a smaller scale.");
        var size = count / (TuningSeeds.Count + Seeds.Count);
        var most = (long)seeds.Count * Math.Max(0, size - TestBlocks) * BlockLength;
        if (scale.TrainTokens > most)
            throw new ArgumentException($"The real text has {most:N0} tokens to train on in the parts of seeds "
                + $"{string.Join(", ", seeds)}, and not {scale.TrainTokens:N0}: take less.");
        var own = seeds.TakeWhile(s => s != seed).Count();
        int Begin(int part) => ((isTuning ? 0 : TuningSeeds.Count) + (own + part) % seeds.Count) * size;
        var train = from part in Enumerable.Range(0, seeds.Count)
                    from block in Enumerable.Range(TestBlocks, size - TestBlocks)
                    select Begin(part) + block;
        return ([.. train.Take((int)((scale.TrainTokens + BlockLength - 1) / BlockLength))],
            [.. Enumerable.Range(Begin(0), scale.TestDocuments)]);
    }

    private static (BytePairs, IReadOnlyList<int[]>) Read()
    {
        TokenCache.Create(TokenCache.Folder);
        var path = DotnetDocumentation.In(TokenCache.Folder);
        var tokenizer = BpeTrainer.Train(RealText.Read(path), Vocabulary);
        using var tokens = TokenCache.Open(TokenCache.Folder, path, tokenizer, TokenCache.Hash(path, tokenizer));
        var order = Enumerable.Range(0, (int)(tokens.Count / BlockLength)).OrderBy(n => Languages.Seeds.Mix(n));
        return (tokenizer, [.. order.Select(n =>
        {
            var block = new int[BlockLength];
            tokens.Read((long)n * BlockLength, block);
            return block;
        })]);
    }
}
