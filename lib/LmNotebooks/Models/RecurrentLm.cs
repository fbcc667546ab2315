using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>Recurrent language model (Mikolov et al. 2010) with the seam Embedding -> Body -> Head: what it knows of
/// the text so far is in a state of fixed size.</summary>
public sealed class RecurrentLm(ModelConfig config, Generator generator)
    : LanguageModel(config.Checked(), new RecurrentBody(config), generator)
{
    protected override double VectorDeviation(string name) => RecurrentBody.VectorDeviation;
    protected override double Deviation(string name) => RecurrentBody.Deviation(Config, name);
    protected override void InitialiseBias(string name, Tensor bias) =>
        RecurrentBody.InitialiseBias(Config, name, bias);
}
