using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>What an encoder has made of sources.</summary>
/// <param name="States">One for each token, [B, S, C].</param>
/// <param name="Seen">Which of them are of a token, and not beyond the end: [B, 1, 1, S], true or false.</param>
public sealed record Encoded(Tensor States, Tensor Seen);
