using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>Recurrent language model (Mikolov et al. 2010) with the seam Embedding -> Body -> Head: what it knows of
/// the text so far is in a state of fixed size.</summary>
public sealed class RecurrentLm(ModelConfig config, Generator generator)
    : LanguageModel(config.Checked(), new RecurrentBody(config), generator);
