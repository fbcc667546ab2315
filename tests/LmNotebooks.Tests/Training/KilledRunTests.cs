using System.Diagnostics;
using System.Security.Cryptography;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Tests.Kernel;
using LmNotebooks.Tests.Training;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Training
{
    /// <summary>A run that saves after every step, in a process that is killed while it trains, evaluates or
    /// saves.</summary>
    [Collection(nameof(Alone))]
    public sealed class KilledRunTests(ITestOutputHelper output) : IDisposable
    {
        private const int Kills = 20, MostKills = 200;
        private const int MostSteps = 12;           // of a life, about
        // seconds from a step to the death, which is time for some more steps and saves
        private const double Longest = 0.03;

        private readonly Small.Folder folder = new();

        public void Dispose() => folder.Dispose();

        [Fact]
        public async Task A_run_whose_process_is_killed_twenty_times_ends_as_one_that_was_not()
        {
            var undisturbed = MortalRun.Train(Directory.CreateDirectory(folder.File("calm")).FullName, () => { });
            // what a kill leaves of a save stays a while
            int Torn() => Directory.GetFiles(folder.Path, ".lm-*.part").Length;
            var (random, kills, ended, clock) = (new Random(1), 0, 0, Stopwatch.StartNew());
            while (kills < Kills || Torn() == 0 && kills < MostKills)
            {
                using var process = Start();
                var alive = true;
                for (var steps = random.Next(1, MostSteps + 1); steps > 0 && alive; steps--)
                    alive = process.StandardOutput.Read() >= 0;
                var (begin, delay) = (Stopwatch.GetTimestamp(), Longest * random.NextDouble());
                SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(begin).TotalSeconds > delay);
                process.Kill();
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
                if (process.ExitCode == 0)   // it came to its end before: it begins again
                {
                    Assert.Equal(undisturbed, File.ReadAllText(folder.File("outcome")));
                    File.Delete(folder.File(MortalRun.File));
                    ended++;
                    continue;
                }
                kills++;
            }
            using var last = Start();
            await last.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await last.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(undisturbed, File.ReadAllText(folder.File("outcome")));
            output.WriteLine($"{Torn()} of {kills} kills hit a save; {ended} runs ended before; "
                + $"{clock.Elapsed.TotalSeconds:F0} s");
            Assert.InRange(Torn(), 1, kills);
        }

        /// <summary>The program of the kit, which does not get to its own: see <see cref="StartupHook"/>.</summary>
        private Process Start() => new LmProcess(folder.Path)
        {
            Environment = { ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
                [MortalRun.Variable] = folder.Path },
        }.Start();
    }

    /// <summary>What the process does: it must not need the test framework.</summary>
    internal static class MortalRun
    {
        public const string Variable = "LM_TEST_MORTAL_RUN", File = "run.safetensors";

        private sealed record Told(Action Step) : IObjective
        {
            public string Name => "told";

            public Loss Of(Model model, Batch batch, Generator generator)
            {
                Step();
                using var noise = rand(1, generator: generator);
                var loss = new CausalLm().Of(model, batch, generator);
                return loss with { Mean = (loss.Mean * (1 + 0.1 * noise)).sum() };
            }
        }

        /// <returns>All losses and a hash of the weights.</returns>
        public static string Train(string folder, Action step)
        {
            set_num_threads(1);
            using var generator = new Generator(1);
            using var model = new TransformerLm(Small.Config with { Width = 64 }, generator);
            var events = new List<RunEvent>();
            var objective = new Told(step);
            var checkpoint = new Checkpoint(Path.Combine(folder, File)) { Share = 1e9 };
            new Trainer("mortal", model, Small.Data, new TrainingOptions { BatchRows = 7 },
                generator) { Checkpoint = checkpoint }
                .Train([new("body", objective, [model.Body], 4_000), new("all", objective, model.Parts, 10_000)],
                    events.Add);
            var weights = model.state_dict().OrderBy(p => p.Key, StringComparer.Ordinal)
                .SelectMany(p => p.Value.bytes.ToArray()).ToArray();
            return string.Join('\n', [.. events.Select(e => $"{e with { Seconds = 0 }}"),
                Convert.ToHexString(SHA256.HashData(weights))]);
        }
    }
}

/// <summary>.NET calls it before the program of a process whose DOTNET_STARTUP_HOOKS names this assembly; name and
/// place are fixed. So a test has a child process that starts as fast as one can.</summary>
internal class StartupHook
{
    public static void Initialize()
    {
        var folder = Environment.GetEnvironmentVariable(MortalRun.Variable)!;
        var outcome = MortalRun.Train(folder, () => Console.Write('.'));
        File.WriteAllText(Path.Combine(folder, "outcome"), outcome);
        Environment.Exit(0);
    }
}
