using static TorchSharp.torch;

namespace LmNotebooks.Objectives;

/// <summary>What an objective makes of a batch.</summary>
/// <param name="Mean">Mean over the targets in nats, a scalar with gradient.</param>
/// <param name="Targets">How many there were: a mean over batches weighs by them.</param>
public readonly record struct Loss(Tensor Mean, long Targets);
