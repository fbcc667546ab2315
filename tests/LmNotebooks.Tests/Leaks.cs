using static TorchSharp.torch;

namespace LmNotebooks.Tests;

/// <summary>Counts the tensors of the process, so it is for tests that run alone.</summary>
internal static class Leaks
{
    /// <summary>Fails if the work leaves a tensor behind. What earlier tests left is finalised first: it would be
    /// counted as it goes.</summary>
    /// <param name="freed">Tensors from before that the work frees.</param>
    public static void NoneAfter(Action work, int freed = 0)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        work();
        Assert.Equal(before - freed, Tensor.TotalCount);
    }
}
