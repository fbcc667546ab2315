using System.Diagnostics;
using System.Security.Cryptography;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Tests.Kernel;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Training;

[Collection(nameof(Alone))]
public sealed class CheckpointTests : IDisposable
{
    private const int Every = 300;   // tokens: some four steps

    private static readonly TrainingOptions Options = new() { BatchRows = 7, Evaluations = 6 };   // a pass ends with a smaller batch

    private readonly Small.Folder folder = new();

    public CheckpointTests() => set_num_threads(1);   // as runs have it

    public void Dispose() => folder.Dispose();

    private string Path => folder.File("run.safetensors");

    private Checkpoint Here => new(Path, Small.Config, Every);

    private static TransformerLm Fresh() => new(Small.Config, new Generator(1));

    /// <summary>A power cut.</summary>
    private sealed class Killed : Exception;

    /// <summary>An objective with draws of its own, which dies when it is asked the given time, in a step or in an evaluation.</summary>
    private sealed record Noisy(int Dies = int.MaxValue) : IObjective
    {
        public int Asked { get; private set; }
        public string Name => "noisy";

        public Tensor Loss(LanguageModel model, Batch batch, Generator generator)
        {
            if (++Asked == Dies) throw new Killed();
            using var noise = rand(1, generator: generator) + randn(1, generator: generator);
            return (new CausalLm().Loss(model, batch, generator) * (1 + 0.1 * noise)).sum();
        }
    }

    private static Stage[] Stages(TransformerLm model, IObjective objective) =>
        [new("body", objective, [model.Body], 1000), new("all", objective, model.Parts, 4600)];   // a part of a pass, and more than one

    private sealed record Outcome(TransformerLm Model, IReadOnlyList<string> Events, RunResult Result)
    {
        public string Losses => string.Join('\n', Events);
        public string Weights => Hash(Model);
    }

    private static string Hash(LanguageModel model) => string.Join('\n', model.state_dict().OrderBy(p => p.Key, StringComparer.Ordinal)
        .Select(p => $"{p.Key} {Convert.ToHexString(SHA256.HashData(p.Value.bytes))}"));

    private static Outcome Train(Checkpoint? checkpoint, IObjective objective, TransformerLm? model = null, TrainingOptions? options = null, ulong seed = 1)
    {
        model ??= Fresh();
        var events = new List<string>();
        var result = new Trainer("test", model, Small.Data, options ?? Options, new Generator(seed)) { Checkpoint = checkpoint }
            .Train(Stages(model, objective), e => events.Add($"{e with { Seconds = 0 }}"));
        return new Outcome(model, events, result);
    }

    private static (Outcome Outcome, int Asked) Undisturbed { get; } = Undisturb();

    private static (Outcome, int) Undisturb()
    {
        var objective = new Noisy();
        return (Train(null, objective), objective.Asked);
    }

    private static void Same(Outcome outcome)
    {
        Assert.Equal(Undisturbed.Outcome.Losses, outcome.Losses);
        Assert.Equal(Undisturbed.Outcome.Weights, outcome.Weights);
        Assert.Equal(Undisturbed.Outcome.Result with { Seconds = 0, Measures = outcome.Result.Measures }, outcome.Result with { Seconds = 0 });
    }

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 20));

    [Theory, MemberData(nameof(Seeds))]
    public void A_run_that_dies_twice_at_any_moment_ends_as_one_that_never_died(int seed)
    {
        var random = new Random(seed);
        var (first, second) = (random.Next(1, Undisturbed.Asked + 1), random.Next(1, Undisturbed.Asked + 1));
        Assert.Throws<Killed>(() => Train(Here, new Noisy(first)));
        try { Same(Train(Here, new Noisy(second))); }
        catch (Killed) { }
        Same(Train(Here, new Noisy()));
    }

    [Fact]
    public void A_run_that_dies_again_and_again_ends_as_one_that_never_died()
    {
        const int LongEnoughToGetOn = 20;
        for (var deaths = 0; ; deaths++)
        {
            try { Same(Train(Here, new Noisy(LongEnoughToGetOn + deaths % 7))); }
            catch (Killed) { continue; }
            Assert.InRange(deaths, 5, 100);
            return;
        }
    }

    [Fact]
    public void Keeping_checkpoints_changes_nothing_and_a_run_that_has_ended_does_not_train_again()
    {
        Same(Train(Here, new Noisy()));
        var again = new Noisy();
        Same(Train(Here, again));
        Assert.Equal(0, again.Asked);
    }

    [Fact]
    public void What_a_killed_writer_left_beside_the_checkpoint_does_not_matter()
    {
        Assert.Throws<Killed>(() => Train(Here, new Noisy(Undisturbed.Asked / 2)));
        File.WriteAllText(Path + ".part", "torn");
        Same(Train(Here, new Noisy()));
    }

    [Fact]
    public void The_model_of_an_interrupted_run_and_of_a_finished_one_can_be_loaded()
    {
        Assert.Throws<Killed>(() => Train(Here, new Noisy(Undisturbed.Asked / 2)));
        double Loss(LanguageModel model) => -model.LogProbabilities(Small.Data.Test.Documents).SelectMany(d => d).Average();
        var (before, interrupted) = (Loss(Fresh()), Loss(Checkpoint.Load(Path)));
        Train(Here, new Noisy());
        var finished = Checkpoint.Load(Path);
        Assert.True(before > interrupted && interrupted > Loss(finished));
        Assert.Equal(Undisturbed.Outcome.Weights, Hash(finished));
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused_with_both_sides()
    {
        Assert.Throws<Killed>(() => Train(Here, new Noisy(Undisturbed.Asked / 2)));
        string Refused(Func<Outcome> train)
        {
            var message = Assert.Throws<InvalidDataException>(() => { train(); }).Message;
            Assert.Contains("run.safetensors", message);
            Assert.DoesNotContain('\n', message);
            return message;
        }
        Assert.Matches("it has seed 1, this run seed 2; choose", Refused(() => Train(Here, new Noisy(), seed: 2)));
        Assert.Matches("it has options .*\"batchRows\":7.*\"batchRows\":8", Refused(() => Train(Here, new Noisy(), options: Options with { BatchRows = 8 })));
        Assert.Matches("it has stages .*\"noisy\".*\"causal LM\"", Refused(() => Train(Here, new CausalLm())));
        var larger = Small.Config with { Vocabulary = 13 };
        Assert.Matches("it has model .*\"vocabulary\":12.*\"vocabulary\":13", Refused(() => Train(new Checkpoint(Path, larger, Every), new Noisy())));
        Assert.Matches("Float32 .*12.*, and Float32 .*13.* was expected", Refused(() => Train(Here, new Noisy(), new TransformerLm(larger, new Generator(1)))));
        Assert.Matches("Float32 .*, and Float64 .* was expected", Refused(() => Train(Here, new Noisy(), Doubled())));
        Same(Train(Here, new Noisy()));   // none of this has touched it
    }

    [Fact]
    public void Checkpoints_leave_no_tensor_behind()
    {
        var model = Fresh();
        using var generator = new Generator(1);
        void Once() => new Trainer("test", model, Small.Data, Options, generator) { Checkpoint = Here }.Train(Stages(model, new CausalLm()), _ => { });
        Once();
        File.Delete(Path);
        Leaks.NoneAfter(Once);
        Leaks.NoneAfter(Once);   // from the end
    }

    [Fact]
    public void A_checkpoint_is_kept_every_token_at_most() =>
        Assert.Contains("every 0 tokens", Assert.Throws<ArgumentException>(() => new Checkpoint(Path, Small.Config, 0)).Message);

    private static TransformerLm Doubled()
    {
        var model = Fresh();
        model.to(float64);
        return model;
    }

    [Fact]
    public void A_checkpoint_that_is_cut_off_anywhere_is_refused()
    {
        var config = Small.Config with { Width = 4, Layers = 1, Heads = 1 };
        var model = new TransformerLm(config, new Generator(1));
        new Trainer("test", model, Small.Data, Options, new Generator(1)) { Checkpoint = new Checkpoint(Path, config, Every) }
            .Train([new Stage("all", new CausalLm(), model.Parts, 100)], _ => { });
        Assert.Equal(Hash(model), Hash(Checkpoint.Load(Path)));
        for (var length = new FileInfo(Path).Length - 1; length >= 0; length--)
        {
            using (var file = new FileStream(Path, FileMode.Open)) file.SetLength(length);
            Assert.Throws<InvalidDataException>(() => Checkpoint.Load(Path));
        }
    }

    [Fact]
    public void A_file_of_tensors_that_is_no_checkpoint_is_refused()
    {
        SafeTensors.Write(Path, Fresh().state_dict(), new Dictionary<string, string> { ["model"] = "null and void" });
        Assert.Contains("is not a checkpoint: it does not say what its model is", Assert.Throws<InvalidDataException>(() => Checkpoint.Load(Path)).Message);
        Assert.Contains("is not a checkpoint: it does not say what its run is", Assert.Throws<InvalidDataException>(() => Train(Here, new Noisy())).Message);
    }

    private const string Cell = """
        #r "nuget: LmNotebooks"
        using System.IO;
        using LmNotebooks.Experiments; using LmNotebooks.Languages; using LmNotebooks.Models;
        using LmNotebooks.Objectives; using LmNotebooks.Tokens; using LmNotebooks.Training;
        TorchSharp.torch.set_num_threads(1);
        var data = Dataset.Of(Lingua.Preset("base", 1), 20_000, 50, 1);
        var config = Run.Config(data, Scale.Ci);
        var generator = new TorchSharp.torch.Generator(1);
        var model = new TransformerLm(config, generator);
        var lines = new List<string>();
        Stage[] stages = [new("body", new CausalLm(), [model.Body], 20_000), new("all", new CausalLm(), model.Parts, 60_000)];
        new Trainer("run", model, data, new TrainingOptions { BatchRows = 4 }, generator) { Checkpoint = new Checkpoint("run.safetensors", config, 500) }
            .Train(stages, e => lines.Add($"{e with { Seconds = 0 }}"));
        File.WriteAllLines("events.txt", lines);
        """;

    [Fact]
    public async Task A_notebook_whose_process_is_killed_and_started_again_trains_as_one_that_was_not()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "This test reads the file while it is replaced, which Windows does not allow.");
        var (calm, killed) = (new NotebookFolder(), new NotebookFolder());
        var undisturbed = Finish(calm);
        var random = new Random(1);
        foreach (var tokens in Enumerable.Range(0, 3).Select(_ => random.Next(1_000, 70_000)).Order())
        {
            using var process = Start(killed);
            Assert.True(SpinWait.SpinUntil(() => process.HasExited || TokensIn(killed) >= tokens, TimeSpan.FromMinutes(2)), "The run did not get on.");
            Assert.False(process.HasExited, "The run ended before it could be killed.");
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Checkpoint.Load(In(killed)).Dispose();
        }
        await Finish(killed);
        await undisturbed;
        string Events(NotebookFolder at) => File.ReadAllText(System.IO.Path.Combine(at.Path, "events.txt"));
        Assert.Equal(Events(calm), Events(killed));
        Assert.Equal(Hash(Checkpoint.Load(In(calm))), Hash(Checkpoint.Load(In(killed))));
    }

    private static string In(NotebookFolder folder) => System.IO.Path.Combine(folder.Path, "run.safetensors");

    /// <summary>How far the checkpoint is, read while the other process replaces it.</summary>
    private static long TokensIn(NotebookFolder folder)
    {
        if (!File.Exists(In(folder))) return 0;
        using var file = new SafeTensors(In(folder));
        return System.Text.Json.Nodes.JsonNode.Parse(file.Metadata["run"])!["tokens"]!.GetValue<long>();
    }

    private static Process Start(NotebookFolder folder) => new LmProcess(folder.Path).Start("run", folder.Write("n.ipynb", Cell), "--timeout", "300");

    private static async Task Finish(NotebookFolder folder)
    {
        var (code, output, error) = await new LmProcess(folder.Path).RunAsync("run", folder.Write("n.ipynb", Cell), "--timeout", "300");
        Assert.True(code == 0, output + error);
    }
}
