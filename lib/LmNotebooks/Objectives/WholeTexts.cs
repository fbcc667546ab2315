using LmNotebooks.Models;
using LmNotebooks.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Objectives;

/// <summary>Texts that are read whole: the start, and then every word.</summary>
internal static class WholeTexts
{
    /// <summary>Of words, below 0 beyond a text's end, [B, T]: the words after a start, and anything beyond the end,
    /// [B, T + 1], and how many positions each text has, [B].</summary>
    public static (Tensor Texts, Tensor Lengths) Of(Tensor words, int start)
    {
        // The start goes before each text, so that its first word has something before it, too.
        var first = words.narrow(1, 0, 1).Filled(start);

        // Words are 0 or more: counting them, and the start, tells each text's end.
        var lengths = words.ge(Scalars.Zero).sum(1).add(Scalars.One, Scalars.One);
        return (cat([first, words.clamp_min(Scalars.Zero)], 1), lengths);
    }

    /// <summary>The words that are asked for as targets, nothing in the place of the others, [B, T], and how many there
    /// are; on the meta device, which cannot count, all.</summary>
    public static (Tensor Targets, long Count) Asked(Tensor words, Tensor asked) =>
        (where(asked, words, words.Filled(Corpus.Nothing)),
            words.device_type == DeviceType.META ? words.numel() : asked.sum().item<long>());
}
