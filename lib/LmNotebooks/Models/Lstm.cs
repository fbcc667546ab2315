using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>An LSTM over sequences [B, T, C]: its outputs [B, T, C], and the states and cells that its layers end with,
/// [L, B, C].</summary>
/// <param name="before">The states and cells that earlier sequences ended with; null at the start.</param>
internal delegate (Tensor Outputs, Tensor States, Tensor Cells) Lstm(LSTM layers, Tensor x, (Tensor, Tensor)? before);
