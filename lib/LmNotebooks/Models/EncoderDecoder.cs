using LmNotebooks.Languages;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Models;

public sealed class EncoderDecoder : Model, IConditionalDistribution
{
    public EncoderDecoder(ModelConfig config, Generator generator) : base(config, new DecoderBody(config), generator) { }
    protected override Tensor Hidden(Batch batch, Detour way) => throw new NotImplementedException();
    public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) => throw new NotImplementedException();
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Translation> examples) => throw new NotImplementedException();
}
