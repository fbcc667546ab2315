using LmNotebooks.Experiments;
using LmNotebooks.Models;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;

namespace LmNotebooks.Tests.Experiments;

/// <summary>Where runs outside of experiments keep their records.</summary>
[Collection(nameof(Alone))]
public sealed class RunRecordNameTests : IDisposable
{
    private static readonly Scale Scale = Small.Scale with { TrainTokens = 100, TestDocuments = 5 };
    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    private IEnumerable<string> Records => Directory.GetFiles(folder.File("q"));

    private async Task<string> TrainAsync(
        Scale? scale = null, Dataset? data = null, Func<ModelConfig, ModelConfig>? size = null,
        IStrategy? strategy = null, int seed = 1)
    {
        (scale, data, strategy) = (scale ?? Scale, data ?? Small.Data, strategy ?? new Joint());
        var before = Directory.Exists(folder.File("q")) ? Records.ToHashSet() : [];
        var config = Run.Config(data, scale);
        var run = await Run.Train(strategy, data, scale, size?.Invoke(config) ?? config, seed, folder.Path, "q");
        run.Model.Dispose();
        return Records.Except(before).SingleOrDefault() ?? "none";
    }

    [Fact]
    public async Task A_run_that_differs_in_anything_leaves_the_records_of_the_others()
    {
        var first = await TrainAsync();
        var kept = File.ReadAllText(first);
        string[] others =
        [
            await TrainAsync(Scale with { Width = 2 * Scale.Width }),
            await TrainAsync(Scale with { TrainTokens = 200 }),
            await TrainAsync(Scale with { Schedule = Scale.Schedule with { Peak = 1e-3 } }),
            await TrainAsync(Scale with { Options = Scale.Options with { BatchRows = 4 } }),
            await TrainAsync(size: c => c with { Layers = 1 }),
            await TrainAsync(size: c => c with { Context = c.Context + 1 }),
            await TrainAsync(data: Small.Data with { Hash = "another text" }),
            await TrainAsync(data: Small.Data with { Train = Corpus.OfDocuments(Small.Documents(300, 1), 0) }),
            await TrainAsync(strategy: new HierarchicalTraining()),
            await TrainAsync(strategy: new HierarchicalTraining { WordShare = 0.3 }),
            await TrainAsync(seed: 2),
        ];
        Assert.Equal(others.Length + 1, others.Append(first).Where(File.Exists).Distinct().Count());
        Assert.Equal(kept, File.ReadAllText(first));
    }

    [Fact]
    public async Task The_same_run_again_replaces_its_record()
    {
        await TrainAsync();
        Assert.Equal("none", await TrainAsync());
        Assert.Matches(@"[\\/]joint-test-1-[0-9a-f]{8}\.jsonl$", Assert.Single(Records));
    }
}
