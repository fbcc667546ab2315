using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Training;

[Collection(nameof(Alone))]
public sealed class CheckpointTests : IDisposable
{
    private const double EveryStep = 1e9;   // more time than there is may be spent on saving

    // a pass ends with a smaller batch
    private static readonly TrainingOptions Options = new() { BatchRows = 7, Evaluations = 6 };

    private readonly Small.Folder folder = new();

    public CheckpointTests() => set_num_threads(1);   // as runs have it

    public void Dispose() => folder.Dispose();

    private string Path => folder.File("run.safetensors");

    private Checkpoint Here => new(Path) { Share = EveryStep };

    private static TransformerLm Fresh() => new(Small.Config, new Generator(1));

    /// <summary>An objective with draws of its own, which dies when it is asked the given time, in a step or in an
    /// evaluation.</summary>
    private sealed record Noisy(int Dies = int.MaxValue) : IObjective
    {
        public int Asked { get; private set; }
        public int Steps { get; private set; }
        public string Name => "noisy";

        /// <summary>Told each time that it is asked.</summary>
        public Action<int> Asking { get; init; } = _ => { };

        public Loss Of(Model model, Batch batch, Generator generator)
        {
            Asking(++Asked);
            if (Asked == Dies) throw new Killed();
            if (is_grad_enabled()) Steps++;
            using var noise = rand(1, generator: generator) + randn(1, generator: generator);
            var loss = new CausalLm().Of(model, batch, generator);
            return loss with { Mean = (loss.Mean * (1 + 0.1 * noise)).sum() };
        }
    }

    private static Stage[] Stages(TransformerLm model, IObjective objective) =>
        // parts of a pass, and more than one
        [new("body", objective, [model.Body], 1000), .. Words(model, 1000),
            new("all", objective, model.Parts, 3600) { Reset = [model.Body] }];

    /// <summary>With vectors that are on the model in these two stages only.</summary>
    private static IEnumerable<Stage> Words(LanguageModel model, long tokens)
    {
        var contexts = TemporaryPart.Vectors("contexts", model);
        yield return new("words", new SkipGram(contexts), [model.Embedding, contexts], tokens / 2);
        yield return new("contexts", new SkipGram(contexts), [contexts], tokens / 2);
    }

    private sealed class Reports : List<TrainingProgress>, IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => Add(value);
    }

    /// <summary>All reports of a run that is stopped at each of its events and goes on; each stop makes one.</summary>
    private Reports Stopped(IObjective objective, Dataset data)
    {
        var (reports, told) = (new Reports(), 0);
        try
        {
            for (var stopped = true; stopped;)
            {
                using var stop = new CancellationTokenSource();
                RunHost.Current = new RunHost(reports, stop.Token);
                var (model, seen) = (Fresh(), 0);
                void OnEvent(RunEvent e)
                {
                    if (++seen <= told) return;
                    told = seen;
                    stop.Cancel();
                }
                Stage[] stages = [new("body", objective, [model.Body], 3000), new("all", objective, model.Parts, 7001)];
                var trainer = new Trainer("test", model, data, Options, new Generator(1)) { Checkpoint = Here };
                try { trainer.Train(stages, OnEvent); }
                catch (OperationCanceledException) { continue; }
                stopped = false;
            }
        }
        finally { RunHost.Current = new RunHost(null, CancellationToken.None); }
        return reports;
    }

    /// <summary>Documents of 1 to 10 tokens: batches differ in tokens, and most in a pass's last.</summary>
    private static Dataset Ragged => Small.Data with
    {
        Train = Corpus.OfDocuments(Small.Documents(400, 1).Select((d, i) => d[..(1 + i * 7 % 10)]), 0),
    };

    [Fact]
    public void A_run_has_as_many_steps_as_it_said_from_the_beginning_also_when_it_was_stopped()
    {
        var reports = Stopped(new CausalLm(), Ragged);
        Assert.True(reports.Count >= Options.Evaluations);
        Assert.Single(reports.Select(r => r.Steps).Distinct());
        Assert.Equal(reports[^1].Steps, reports[^1].Step);
        Assert.All(reports.SkipLast(2), r => Assert.InRange(r.Step, 1, r.Steps - 1));   // it was stopped at its end too
    }

    [Fact]
    public void A_run_whose_objective_draws_too_ends_at_its_last_step_all_the_same()
    {
        var reports = Stopped(new Noisy(), Ragged);
        Assert.Equal(reports[^1].Steps, reports[^1].Step);
        Assert.All(reports.SkipLast(2), r => Assert.InRange(r.Step, 1, r.Steps - 1));
    }

    private sealed record Outcome(TransformerLm Model, IReadOnlyList<string> Events, RunResult Result)
    {
        public string Losses => string.Join('\n', Events);
        public string Weights => Tests.Weights.Hash(Model);
    }

    private static Outcome Train(Checkpoint? checkpoint, IObjective objective, TransformerLm? model = null,
        TrainingOptions? options = null, ulong seed = 1)
    {
        model ??= Fresh();
        var events = new List<string>();
        var result = new Trainer("test", model, Small.Data, options ?? Options,
            new Generator(seed)) { Checkpoint = checkpoint }
            .Train(Stages(model, objective), e => events.Add($"{e with { Seconds = 0 }}"));
        return new Outcome(model, events, result);
    }

    private static (Outcome Outcome, int Asked, int Steps) Undisturbed { get; } = Undisturb();

    private static (Outcome, int, int) Undisturb()
    {
        var objective = new Noisy();
        return (Train(null, objective), objective.Asked, objective.Steps);
    }

    private static void Same(Outcome outcome)
    {
        Assert.Equal(Undisturbed.Outcome.Losses, outcome.Losses);
        Assert.Equal(Undisturbed.Outcome.Weights, outcome.Weights);
        Assert.Equal(Undisturbed.Outcome.Result with { Seconds = 0, Measures = outcome.Result.Measures },
            outcome.Result with { Seconds = 0 });
    }

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 20));

    [Theory, MemberData(nameof(Seeds))]
    public void A_run_that_dies_twice_at_any_moment_ends_as_one_that_never_died(int seed)
    {
        var random = new Random(seed);
        var (first, second) = (random.Next(1, Undisturbed.Asked + 1), random.Next(1, Undisturbed.Asked + 1));
        var (early, last) = (folder.File("early"), random.Next(1, first + 1));
        Assert.Throws<Killed>(() => Train(Here, new Noisy(first)
        {
            Asking = asked =>
            {
                if (asked == last && File.Exists(Path)) File.Copy(Path, early);
            },
        }));
        File.Delete(Path);
        if (File.Exists(early)) File.Move(early, Path);   // it was not saved since then
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
            Assert.InRange(deaths, 4, 100);
            return;
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_run_that_is_cancelled_at_any_moment_loses_no_step(int seed)
    {
        var at = new Random(seed).Next(4, Undisturbed.Asked);   // after the first evaluation, and not when all is done
        using var stop = new CancellationTokenSource();
        var cancelled = new Noisy
        {
            Asking = asked =>
            {
                if (asked == at) stop.Cancel();
            },
        };
        RunHost.Current = new RunHost(null, stop.Token);
        try { Assert.ThrowsAny<OperationCanceledException>(() => Train(new Checkpoint(Path) { Share = 0 }, cancelled));
            }
        finally { RunHost.Current = new RunHost(null, CancellationToken.None); }
        var rest = new Noisy();
        Same(Train(Here, rest));
        Assert.Equal(Undisturbed.Steps, cancelled.Steps + rest.Steps);
    }

    [Fact]
    public void It_is_saved_as_often_as_its_share_of_the_time_allows()
    {
        int SavedInFirstStage(double share)
        {
            var times = new HashSet<DateTime>();
            var firstStage = Undisturbed.Asked / 8;
            Assert.Throws<Killed>(() => Train(new Checkpoint(Path) { Share = share }, new Noisy(firstStage)
            {
                Asking = _ =>
                {
                    if (File.Exists(Path)) times.Add(File.GetLastWriteTimeUtc(Path));
                },
            }));
            return times.Count;
        }
        Assert.Equal(0, SavedInFirstStage(0));
        Assert.InRange(SavedInFirstStage(EveryStep), 3, 100);
    }

    [Fact]
    public void A_model_that_is_kept_on_purpose_can_be_loaded()
    {
        Checkpoint.Save(Undisturbed.Outcome.Model, Path);
        Assert.Equal(Undisturbed.Outcome.Weights, Weights.Hash((LanguageModel)Checkpoint.Load(Path)));
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
        File.WriteAllText(folder.File(".lm-left.part"), "torn");
        Same(Train(Here, new Noisy()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    public void A_file_of_nothing_or_zeros_is_no_checkpoint_and_the_run_begins(int zeros)
    {
        File.WriteAllBytes(Path, new byte[zeros]);
        Same(Train(Here, new Noisy()));
    }

    [Fact]
    public void The_model_of_an_interrupted_run_and_of_a_finished_one_can_be_loaded()
    {
        Assert.Throws<Killed>(() => Train(Here, new Noisy(Undisturbed.Asked / 2)));
        double Loss(LanguageModel model) => -model.LogProbabilities(Small.Data.Test.Documents).SelectMany(d => d)
            .Average();
        var (before, interrupted) = (Loss(Fresh()), Loss((LanguageModel)Checkpoint.Load(Path)));
        Train(Here, new Noisy());
        var finished = (LanguageModel)Checkpoint.Load(Path);
        Assert.True(before > interrupted && interrupted > Loss(finished));
        Assert.Equal(Undisturbed.Outcome.Weights, Weights.Hash(finished));
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
        Assert.Matches("it has options .*\"batchRows\":7.*\"batchRows\":8",
            Refused(() => Train(Here, new Noisy(), options: Options with { BatchRows = 8 })));
        Assert.Matches("it has stages .*\"noisy\".*\"causal LM\"", Refused(() => Train(Here, new CausalLm())));
        var larger = Small.Config with { Vocabulary = 13 };
        Assert.Matches("it has model .*\"vocabulary\":12.*\"vocabulary\":13",
            Refused(() => Train(Here, new Noisy(), new TransformerLm(larger, new Generator(1)))));
        Assert.Matches("Float32 .*, and Float64 .* was expected", Refused(() => Train(Here, new Noisy(), Doubled())));
        Same(Train(Here, new Noisy()));   // none of this has touched it
    }

    [Fact]
    public void Checkpoints_leave_no_tensor_behind()
    {
        var model = Fresh();
        using var generator = new Generator(1);
        void Once() => new Trainer("test", model, Small.Data, Options,
            generator) { Checkpoint = Here }.Train(Stages(model, new CausalLm()), _ => { });
        Once();
        File.Delete(Path);
        Leaks.NoneAfter(Once);
        Leaks.NoneAfter(Once);   // from the end
    }

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
        new Trainer("test", model, Small.Data, Options, new Generator(1)) { Checkpoint = Here }
            .Train([new Stage("all", new CausalLm(), model.Parts, 100)], _ => { });
        Assert.Equal(Weights.Hash(model), Weights.Hash((LanguageModel)Checkpoint.Load(Path)));
        for (var length = new FileInfo(Path).Length - 1; length >= 0; length--)
        {
            using (var file = new FileStream(Path, FileMode.Open)) file.SetLength(length);
            Assert.Throws<InvalidDataException>(() => (LanguageModel)Checkpoint.Load(Path));
        }
    }

    [Fact]
    public void A_file_of_tensors_that_is_no_checkpoint_is_refused()
    {
        SafeTensors.Write(Path, Fresh().state_dict(), new Dictionary<string, string> { ["model"] = "null and void" });
        Assert.Contains("is not a checkpoint: it does not say what its model is",
            Assert.Throws<InvalidDataException>(() => (LanguageModel)Checkpoint.Load(Path)).Message);
        Assert.Contains("is not a checkpoint: it does not say what its run is",
            Assert.Throws<InvalidDataException>(() => Train(Here, new Noisy())).Message);
    }
}
