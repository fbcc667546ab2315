using static TorchSharp.torch;

namespace LmNotebooks.Classroom;

/// <summary>The weights of a model by their names, for code that computes with them itself.</summary>
public static class NamedWeights
{
    extension(nn.Module model)
    {
        /// <summary>Every weight, by the path of the fields that hold it; they are the model's own, no
        /// copies.</summary>
        public Dictionary<string, Tensor> Weights() =>
            model.named_parameters().ToDictionary(p => p.name, p => (Tensor)p.parameter);
    }
}
