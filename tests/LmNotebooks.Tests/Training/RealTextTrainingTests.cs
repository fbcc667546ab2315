using System.Text;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Training;

/// <summary>The way of a reader with a text of their own, on one that a Debian package (fortunes) installs: songs and poems.</summary>
public class RealTextTrainingTests(ITestOutputHelper output)
{
    [Fact]
    public void A_small_model_of_an_English_text_needs_fewer_bits_per_byte_than_a_trigram_of_bytes()
    {
        var path = Clients.Find("songs-poems", "/usr/share/games/fortunes", Environment.GetEnvironmentVariable("LM_REQUIRE_CLIENTS") == "1");
        var text = RealText.Read(path);
        var train = text[..(int)(0.9 * text.Length)];
        var pairs = BpeTrainer.Train(train, 512);      // not from the part that is for testing
        var data = Dataset.OfText(path, 64, pairs);
        using var generator = new Generator(1);
        using var model = new TransformerLm(new() { Vocabulary = data.Vocabulary, Context = 64, Start = data.Start }, generator);
        var trainer = new Trainer("poems", model, data, new TrainingOptions { Evaluations = 1 }, generator);
        var result = trainer.Train([new Stage("all", new CausalLm(), model.Parts, 200_000)], _ => { });

        int[] Bytes(string part) => [.. Encoding.UTF8.GetBytes(part).Select(b => (int)b)];
        var trigram = NgramModel.Fit(3, 256, [Bytes(train)]).LogProbabilities([Bytes(text[train.Length..])])[0].Average() / -Math.Log(2);
        var bits = data.BitsPerByte(result.TestLoss);
        var continued = pairs.Tokenizer.Decode(model.Generate([data.Start], 60, seed: 1, temperature: 0.7));
        output.WriteLine($"{data.Train.Tokens} tokens: {bits:F3} bits per byte, trigram {trigram:F3}, {result.Seconds:F1} s\n{continued}");
        Assert.InRange(bits, 1, trigram);
        Assert.StartsWith("\n", continued);
        Assert.DoesNotContain("\uFFFD", continued);      // it has learned not to write half a character, as random tokens do
    }
}
