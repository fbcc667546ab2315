using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Tests.Guards;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Training;

/// <summary>The way of a reader with a text of their own, on one that a Debian package (fortunes) installs: songs and
/// poems.</summary>
public class RealTextTrainingTests(ITestOutputHelper output)
{
    [Fact]
    public void A_small_model_of_an_English_text_needs_fewer_bits_per_byte_than_a_trigram_of_bytes()
    {
        var path = Clients.Find("songs-poems", "/usr/share/games/fortunes");
        var text = RealText.Read(path);
        var train = text[..(int)(0.9 * text.Length)];
        var pairs = BpeTrainer.Train(train, 512);      // not from the part that is for testing
        var data = Dataset.OfText(path, 64, pairs);
        using var generator = new Generator(1);
        using var model = new TransformerLm(new() { Vocabulary = data.Vocabulary, Context = 64, Start = data.Start },
            generator);
        var trainer = new Trainer("poems", model, data, new TrainingOptions { Evaluations = 1 }, generator);
        var result = trainer.Train([new Stage("all", new CausalLm(), model.Parts, 200_000)], _ => { });

        int[] Bytes(string part) => [.. Encoding.UTF8.GetBytes(part).Select(b => (int)b)];
        var trigram = NgramModel.Fit(3, 256, [Bytes(train)]).LogProbabilities([Bytes(text[train.Length..])])[0]
            .Average() / -Math.Log(2);
        var bits = data.BitsPerByte(result.TestLoss);
        var continued = pairs.Tokenizer.Decode(model.Generate([data.Start], 60, seed: 1, temperature: 0.7));
        output.WriteLine($"{data.Train.Tokens} tokens: {bits:F3} bits per byte, trigram {trigram:F3}, "
            + $"{result.Seconds:F1} s\n{continued}");
        Assert.InRange(bits, 1, trigram);
        Assert.StartsWith("\n", continued);
        Assert.DoesNotContain("\uFFFD", continued); // it has learned not to write half a character, as random tokens do
    }

    [Fact]
    public async Task Brotli_is_as_good_a_compressor_to_compare_with_as_xz()
    {
        var xz = Clients.Find("xz");
        var lines = File.ReadLines(Path.Combine(Root.Folder, "lib/LmNotebooks/bin/notebook/MathNet.Numerics.xml"))
            .Select(line => Regex.Replace(line, "<[^>]*>", "").Trim());
        var text = Encoding.UTF8.GetBytes(string.Join('\n', lines.Distinct()));   // of notebook 01
        var train = text[..(int)(0.9 * text.Length)];
        double Brotli(byte[] part)
        {
            using var bytes = new MemoryStream();
            using (var brotli = new BrotliStream(bytes, CompressionLevel.SmallestSize)) brotli.Write(part);
            return bytes.ToArray().Length;
        }
        async Task<double> Xz(byte[] part)
        {
            using var process = Process.Start(new ProcessStartInfo(xz,
                ["-9", "--stdout"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            using var written = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(written, TestContext.Current.CancellationToken);
            await process.StandardInput.BaseStream.WriteAsync(part, TestContext.Current.CancellationToken);
            process.StandardInput.Close();
            await reading;
            return written.Length;
        }
        double[] bits = [8 * (Brotli(text) - Brotli(train)) / (text.Length - train.Length),
            8 * (await Xz(text) - await Xz(train)) / (text.Length - train.Length)];
        output.WriteLine($"bits per byte of the test part given the training part: Brotli {bits[0]:F3}, xz -9 "
            + $"{bits[1]:F3}");
        Assert.InRange(bits[1] / bits[0], 0.95, 1.05);
    }
}
