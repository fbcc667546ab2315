namespace LmNotebooks.Passes;

/// <summary>Attention of one head in one row of a batch (Vaswani et al. 2017): Y = P V, the rows of P = softmax(Q K' /
/// sqrt(D)).</summary>
/// <remarks>Backward, from G = dL/dY: dL/dV = P' G, and dL/dP = G V'. A row p of the softmax has dp = diag(p) - p p',
/// so the gradient of its scores is p (g - p . g). Then dL/dQ = dS K / sqrt(D) and dL/dK = dS' Q / sqrt(D). Where
/// nothing but earlier positions is seen, all that is right of the diagonal is zero, and is left out.</remarks>
internal static unsafe class AttentionPass
{
    /// <summary>Fills Y, [T, D], and P, [T, T].</summary>
    /// <param name="seen">For each query, which keys it sees, true or false, [T, T]; null for those up to its
    /// own.</param>
    /// <param name="down">From a query's first to the next query's; 0 where all see the same.</param>
    public static void Forward(Matrix q, Matrix k, Matrix v, Matrix y, Matrix p, bool* seen, int down)
    {
        var scale = 1 / MathF.Sqrt(q.Columns);
        Tiles.Multiply(q, k.Transposed, p, zero: seen == null ? Triangle.OfResult : Triangle.None);
        for (var i = 0; i < p.Rows; i++)
        {
            var sees = seen == null ? i + 1 : k.Rows;
            if (seen != null) Hide(p[i][..sees], seen + (nint)i * down);
            SoftmaxPass.Forward(p.Row(i), sees, p.Down, scale);
        }
        Tiles.Multiply(p.Part(0, p.Rows, 0, k.Rows), v, y, zero: seen == null ? Triangle.OfLeft : Triangle.None);
    }

    /// <summary>Fills the gradients of Q, and of K and V, or adds to those of K and V what another head left.</summary>
    /// <param name="scores">Memory as large as P.</param>
    public static void Backward(Matrix q, Matrix k, Matrix v, Matrix p, Matrix dy, Matrix dq, Matrix dk, Matrix dv,
        Matrix scores, bool causal, bool add)
    {
        var scale = 1 / MathF.Sqrt(q.Columns);
        Triangle Zero(Triangle where) => causal ? where : Triangle.None;
        Tiles.Multiply(p.Transposed, dy, dv, add, Zero(Triangle.OfLeftTransposed));
        Tiles.Multiply(dy, v.Transposed, scores, zero: Zero(Triangle.OfResult));
        for (var i = 0; i < p.Rows; i++)
        {
            var sees = causal ? i + 1 : k.Rows;
            SoftmaxPass.Backward(scores.Row(i), p.Row(i), sees, p.Down, scale);
        }
        Tiles.Multiply(scores.Part(0, p.Rows, 0, k.Rows), k, dq, zero: Zero(Triangle.OfLeft));
        Tiles.Multiply(scores.Transposed, q, dk, add, Zero(Triangle.OfLeftTransposed));
    }

    private static void Hide(Span<float> scores, bool* seen)
    {
        for (var j = 0; j < scores.Length; j++)
            if (!seen[j]) scores[j] = float.NegativeInfinity;
    }
}
