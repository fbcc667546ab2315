namespace LmNotebooks.Passes;

/// <summary>Cross-entropy of each row of logits with the id that is right: -ln p of it, p = softmax(logits).</summary>
/// <remarks>Backward: dL/dlogits = (p - 1 at the right id) / number of targets.</remarks>
internal static unsafe class CrossEntropyPass
{
    /// <summary>The mean over the rows that have a target; not a number where none has.</summary>
    /// <param name="logits">[N, V]; its memory is used up.</param>
    /// <param name="bias">Is added to each row of logits, [V].</param>
    /// <param name="targets">The right ids, [N]; below 0 where no loss counts.</param>
    /// <param name="gradient">Whether dL/dlogits is to be left in the place of the logits.</param>
    public static double Forward(Matrix logits, float* bias, ReadOnlySpan<long> targets, bool gradient)
    {
        var (sum, count) = (0.0, 0);
        foreach (var target in targets) count += target >= 0 ? 1 : 0;
        for (var r = 0; r < logits.Rows; r++)
        {
            var row = logits[r];
            if (targets[r] < 0)
            {
                row.Clear();
                continue;
            }
            Rows.Add(logits.Row(r), bias, row.Length);
            var right = row[(int)targets[r]];
            var (largest, total) = SoftmaxPass.Exponentiate(logits.Row(r), row.Length, 1);
            sum += Math.Log(total) + largest - right;
            if (!gradient) continue;
            Rows.Scale(logits.Row(r), 1 / (total * count), row.Length);
            row[(int)targets[r]] -= 1f / count;
        }
        return sum / count;
    }
}
