using LmNotebooks.Experiments;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Training;

/// <summary>What of a run's calculations had to follow each other, while it goes on.</summary>
[Collection(nameof(Alone))]
public sealed class CriticalPathTests : IDisposable
{
    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The body, and the embedding and the head after what is said; body alone is the dearest.</summary>
    private sealed record Staged(string[]? Embedding, string[]? Head) : IStrategy
    {
        public string Name => "Staged";
        public Model Build(ModelConfig config, Generator generator) => (config with { TieHead = false })
            .Build(generator);
        public IReadOnlyList<Stage> Stages(Model model, Plan plan) =>
        [
            new("body", new CausalLm(), [model.Body], plan.Tokens / 4) { Schedule = plan.Schedule },
            new("embedding", new CausalLm(), [model.Embedding], plan.Tokens / 2) { Schedule = plan.Schedule,
                Needs = Embedding },
            new("head", new CausalLm(), [model.Head], plan.Tokens / 4) { Schedule = plan.Schedule, Needs = Head },
        ];
    }

    private async Task<RunRecord> Train(Staged strategy)
    {
        var scale = Small.Scale with { TrainTokens = 3200, Options = new TrainingOptions { Evaluations = 16 } };
        return (await Run.Train(strategy, Small.Data, scale, 1, folder.Path, "path")).Record;
    }

    [Fact]
    public async Task While_stages_that_do_not_need_each_other_train_the_path_is_that_of_the_longest_so_far()
    {
        var record = await Train(new([], ["body"]));
        double End(string stage) => record.Events.Last(e => e.Stage == stage).Flops;
        var (body, embedding) = (End("body"), End("embedding") - End("body"));
        Assert.True(body < embedding);
        foreach (var e in record.Events)
        {
            double? path = e.Stage switch
            {
                "body" => null,
                "embedding" => Math.Max(body, e.Flops - body),
                _ => Math.Max(embedding, body + (e.Flops - body - embedding)),
            };
            Assert.Equal(path, e.CriticalPathFlops);
        }
        Assert.Equal(record.Result!.CriticalPathFlops, record.Events[^1].CriticalPathFlops);
        Assert.True(record.Result.CriticalPathFlops < record.Result.Flops);
        // beside the body, not yet as long
        Assert.Contains(record.Events, e => e.Stage == "embedding" && e.CriticalPathFlops == body);
        Assert.Contains(record.Events, e => e.Stage == "embedding" && e.CriticalPathFlops > body);
        Assert.Equal(record.Events.Select(e => e.CriticalPathFlops ?? 0).Order(),
            record.Events.Select(e => e.CriticalPathFlops ?? 0));
    }

    public static TheoryData<string[]?, string[]?> Chains =>
        new() { { null, null }, { ["body"], ["embedding"] }, { ["body"], null } };

    [Theory, MemberData(nameof(Chains))]
    public async Task Where_each_stage_needs_the_one_before_nothing_is_said_of_a_path(string[]? embedding,
        string[]? head)
    {
        var record = await Train(new(embedding, head));
        Assert.All(record.Events, e => Assert.Null(e.CriticalPathFlops));
        Assert.Equal(record.Result!.Flops, record.Result.CriticalPathFlops);
        var lines = File.ReadAllLines(Directory.GetFiles(folder.Path, "*.jsonl", SearchOption.AllDirectories).Single());
        // in the result alone
        Assert.Equal(lines.Length - 1, Array.FindIndex(lines, line => line.Contains("criticalPathFlops")));
    }

    [Fact]
    public async Task The_needs_of_stages_change_nothing_but_the_path()
    {
        static IEnumerable<RunEvent> Events(RunRecord record) =>
            record.Events.Select(e => e with { Seconds = 0, CriticalPathFlops = null });
        Assert.Equal(Events(await Train(new(null, null))), Events(await Train(new([], []))));
    }
}
