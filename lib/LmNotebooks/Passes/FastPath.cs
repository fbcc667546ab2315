using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Passes;

/// <summary>The rule by which hand-written passes take the place of the definitions that models are written as: for
/// float32 on a processor, in rows of whole vector registers. Anywhere else, on another device and in another
/// precision, the definition runs.</summary>
public static class FastPath
{
    private const int Whole = 16;   // numbers in the longest register

    /// <summary>Whether the passes take rows like these, [B, T, C].</summary>
    public static bool Takes(Tensor x) =>
        x.device_type == DeviceType.CPU && x.dtype == ScalarType.Float32 && x.numel() > 0 && x.size(-1) % Whole == 0;
}
