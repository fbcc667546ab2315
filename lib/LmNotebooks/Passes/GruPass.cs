using System.Numerics;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LmNotebooks.Passes;

/// <summary>A layer of gated recurrent units (Cho et al. 2014), from a state of zero: with a = W x + b and s = U h + c,
/// r = sigma(a_r + s_r), z = sigma(a_z + s_z), n = tanh(a_n + r s_n), and the next state is h' = (1 - z) n + z
/// h.</summary>
/// <remarks>What the tokens bring, a, is one product for all of them; only s waits for the state before. Backward, from
/// d = dL/dh': dL/dn = d (1 - z) and dL/dz = d (h - n), through the slopes 1 - n n, z (1 - z) and r (1 - r) of tanh and
/// sigma; dL/dr = dL/da_n s_n and dL/ds_n = dL/da_n r. The state before gets d z, and dL/ds U. When all steps are gone
/// through, the gradients of the weights are one product each.</remarks>
/// <param name="w">W, [3C, C]: r, z and n one below the other.</param>
/// <param name="u">U, in the same order.</param>
internal sealed unsafe class GruPass(Tensor w, Tensor u, Tensor b, Tensor c) : RowPass
{
    // in time order: [T, B, C], with the state of zero before the first, [T + 1, B, C], and [T, B, 4C]
    private Tensor? input, states, gates;

    public override IEnumerable<Tensor> Weights => [w, u, b, c];

    public override void Forward(Tensor rows, Texts texts)
    {
        int B = texts.B, C = (int)rows.size(1);
        input = Arena.Take(rows.size(0), C);
        states = Arena.Take(rows.size(0) + B, C);
        gates = Arena.Take(rows.size(0), 4 * C);
        InTime(input, texts).copy_(rows.view(B, texts.T, C));
        var (kept, h) = (input, Matrix.Of(states));
        for (var r = 0; r < B; r++) h[r].Clear();
        Arena.Scratch(() =>
        {
            var (token, state) = (Matrix.Of(Product(kept, w)), Matrix.Of(Arena.Take(B, 3 * C)));
            var packed = Packed(u, transposed: true);
            var all = Matrix.Of(gates);
            for (var t = 0; t < texts.T; t++)
            {
                Tiles.Multiply(h.Part(t * B, B, 0, C), packed, state);
                for (var r = 0; r < B; r++)
                    Step(token.Row(t * B + r), state.Row(r), h.Row(t * B + r), h.Row((t + 1) * B + r),
                        all.Row(t * B + r), C);
            }
        });
        rows.view(B, texts.T, C).copy_(InTime(states.narrow(0, B, rows.size(0)), texts));
    }

    public override void Backward(Tensor gradient, Texts texts) => Arena.Scratch(() =>
    {
        int B = texts.B, C = (int)gradient.size(1);
        var (outer, ofToken, ofState) = (Arena.Take(texts.Rows, C), Arena.Take(texts.Rows, 3 * C),
            Arena.Take(texts.Rows, 3 * C));
        InTime(outer, texts).copy_(gradient.view(B, texts.T, C));
        var (d, a, s, carried) = (Matrix.Of(outer), Matrix.Of(ofToken), Matrix.Of(ofState),
            Matrix.Of(Arena.Take(B, C)));
        var (h, all) = (Matrix.Of(states!), Matrix.Of(gates!));
        var packed = Packed(u, transposed: false);
        for (var t = texts.T - 1; t >= 0; t--)
        {
            for (var r = t * B; r < (t + 1) * B; r++) StepBack(d.Row(r), h.Row(r), all.Row(r), a.Row(r), s.Row(r), C);
            if (t == 0) break;
            Tiles.Multiply(s.Part(t * B, B, 0, 3 * C), packed, carried);
            for (var r = 0; r < B; r++)   // d is now what goes past the gates
            {
                Rows.Add(d.Row((t - 1) * B + r), carried.Row(r), C);
                Rows.Add(d.Row((t - 1) * B + r), d.Row(t * B + r), C);
            }
        }
        LinearPass.Backward(states!.narrow(0, 0, texts.Rows), ofState, u, c, null);
        LinearPass.Backward(input!, ofToken, w, b, outer);
        gradient.view(B, texts.T, C).copy_(InTime(outer, texts));
    });

    /// <summary>The state after a token; leaves r, z, n and s_n behind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step(float* token, float* state, float* h, float* next, float* gates, int C)
    {
        float* ofToken = Matrix.DataOf(b), ofState = Matrix.DataOf(c);
        Vector<float> A(int i) => Vector.Load(token + i) + Vector.Load(ofToken + i);
        Vector<float> S(int i) => Vector.Load(state + i) + Vector.Load(ofState + i);
        for (var i = 0; i < C; i += Vector<float>.Count)
        {
            var r = Exponential.Sigmoid(A(i) + S(i));
            var z = Exponential.Sigmoid(A(C + i) + S(C + i));
            var own = S(2 * C + i);
            var n = Exponential.Tanh(A(2 * C + i) + r * own);
            (n + z * (Vector.Load(h + i) - n)).Store(next + i);
            r.Store(gates + i);
            z.Store(gates + C + i);
            n.Store(gates + 2 * C + i);
            own.Store(gates + 3 * C + i);
        }
    }

    /// <summary>Fills dL/da and dL/ds, and leaves d z in the place of d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StepBack(float* d, float* h, float* gates, float* a, float* s, int C)
    {
        var one = Vector<float>.One;
        for (var i = 0; i < C; i += Vector<float>.Count)
        {
            var (r, z) = (Vector.Load(gates + i), Vector.Load(gates + C + i));
            var (n, own, upstream) = (Vector.Load(gates + 2 * C + i), Vector.Load(gates + 3 * C + i),
                Vector.Load(d + i));
            var dn = upstream * (one - z) * (one - n * n);
            var dz = upstream * (Vector.Load(h + i) - n) * z * (one - z);
            var dr = dn * own * r * (one - r);
            dr.Store(a + i);
            dr.Store(s + i);
            dz.Store(a + C + i);
            dz.Store(s + C + i);
            dn.Store(a + 2 * C + i);
            (dn * r).Store(s + 2 * C + i);
            (upstream * z).Store(d + i);
        }
    }

    private static Tensor Product(Tensor x, Tensor weight)
    {
        var y = Arena.Take(x.size(0), weight.size(0));
        LinearPass.Forward(x, weight, y);
        return y;
    }

    private static float* Packed(Tensor weight, bool transposed)
    {
        var matrix = Matrix.Of(weight);
        if (transposed) matrix = matrix.Transposed;
        var room = Matrix.DataOf(Arena.Take(matrix.Rows, Tiles.Padded(matrix.Columns)));
        Tiles.Pack(matrix, room);
        return room;
    }

    /// <summary>Rows in time order, seen text by text: [T B, C] as [B, T, C].</summary>
    private static Tensor InTime(Tensor rows, Texts texts) => rows.view(texts.T, texts.B, rows.size(1)).transpose(0, 1);
}
