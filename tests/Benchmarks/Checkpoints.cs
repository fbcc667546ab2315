using System.Diagnostics;
using LmNotebooks.Models;
using LmNotebooks.Records;
using static TorchSharp.torch;

namespace LmNotebooks.Benchmarks;

/// <summary>What a checkpoint takes beyond the disk. All are on the disk, or in memory, when the clock stops.</summary>
internal sealed class Checkpoints : Benchmark
{
    private const int Repeats = 7;

    public override string Name => "checkpoint";
    public override string Question => "How fast is a checkpoint written and read, beside a copy of its file?";

    public override IEnumerable<Row> Run(Duel duel)
    {
        var shape = Shape.All[^1];
        var folder = Directory.CreateTempSubdirectory("lm-checkpoint-");
        try
        {
            string path = Path.Combine(folder.FullName, "a"), copy = Path.Combine(folder.FullName, "b");
            using var model = new TransformerLm(shape.Config, new Generator(1));
            var tensors = model.state_dict();
            foreach (var (name, weight) in tensors.ToList())
                (tensors[name + ".mean"], tensors[name + ".square"]) = (zeros_like(weight), zeros_like(weight));
            void Write() => SafeTensors.Write(path, tensors, new Dictionary<string, string>());
            void Read()
            {
                using var file = new SafeTensors(path);
                foreach (var (name, tensor) in tensors) file.Read(name, tensor);
            }
            void Copy()
            {
                File.Copy(path, copy, overwrite: true);
                using var file = new FileStream(copy, FileMode.Open);
                file.Flush(flushToDisk: true);
            }
            (string Name, Action Work, List<double> Seconds)[] all =
                [("write", Write, []), ("file copy", Copy, []), ("read", Read, []),
                    ("File.ReadAllBytes", () => File.ReadAllBytes(path), [])];
            for (var i = 0; i < Repeats; i++)
                foreach (var (_, work, seconds) in all)
                {
                    var begin = Stopwatch.GetTimestamp();
                    work();
                    seconds.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds);
                }
            var megabytes = new FileInfo(path).Length / 1e6;
            return [.. all.Select(a => new Row(Name, $"{shape.Name}, {megabytes:N0} MB, {a.Name}", "MB/s",
                megabytes / Duel.Median(a.Seconds)))];
        }
        finally { folder.Delete(recursive: true); }
    }
}
