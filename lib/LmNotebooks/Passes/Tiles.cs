using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace LmNotebooks.Passes;

/// <summary>Which numbers of a product of square matrices are known to be zero, or are not wanted: those right of the
/// diagonal.</summary>
internal enum Triangle { None, OfResult, OfLeft, OfLeftTransposed }

/// <summary>Products of the small matrices that attention is made of, too small for the matrix product of a library to
/// be worth its call.</summary>
/// <remarks>The result is cut into tiles that fit into the registers. A step along the inner dimension loads two
/// vectors of a row of B and multiplies them with one number of each row of A. Before that, as many columns of B as a
/// tile has are copied side by side (Goto and van de Geijn 2008).</remarks>
internal static unsafe class Tiles
{
    private const int Height = 6;
    private static int Lanes => Vector<float>.Count;
    private static int Width => 2 * Lanes;

    [ThreadStatic] private static float[]? panel;

    /// <summary>As many columns as whole tiles have that hold so many.</summary>
    public static int Padded(int columns) => (columns + Width - 1) / Width * Width;

    /// <summary>C = A B, or C += A B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(Matrix a, Matrix b, Matrix c, bool add = false, Triangle zero = Triangle.None)
    {
        if (a.Columns != b.Rows) throw new ArgumentException($"{a.Columns} columns times {b.Rows} rows.");
        var needed = a.Columns * Width;
        if (panel is null || panel.Length < needed) panel = GC.AllocateUninitializedArray<float>(needed, pinned: true);
        var copy = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(panel));
        for (var j = 0; j < c.Columns; j += Width)
        {
            Copy(b.Part(0, b.Rows, j, Math.Min(Width, b.Columns - j)), copy);
            Column(a, copy, c.Part(0, c.Rows, j, Math.Min(Width, c.Columns - j)), add, zero, zero == Triangle.OfResult
                ? j : 0);
        }
    }

    /// <summary>C = A B, B copied by <see cref="Pack"/>.</summary>
    public static void Multiply(Matrix a, float* packed, Matrix c)
    {
        for (var j = 0; j < c.Columns; j += Width, packed += a.Columns * Width)
            Column(a, packed, c.Part(0, c.Rows, j, Math.Min(Width, c.Columns - j)), add: false, Triangle.None, 0);
    }

    /// <summary>Copies a matrix that is multiplied with many others, once for all of them. It takes as much room as it
    /// has rows, times its columns rounded up to the next width of a tile.</summary>
    public static void Pack(Matrix b, float* to)
    {
        for (var j = 0; j < b.Columns; j += Width, to += b.Rows * Width)
            Copy(b.Part(0, b.Rows, j, Math.Min(Width, b.Columns - j)), to);
    }

    /// <summary>The tiles of one width, from a row on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Column(Matrix a, float* b, Matrix c, bool add, Triangle zero, int begin)
    {
        for (var i = begin; i < c.Rows; i += Height)
        {
            // The last tile overlaps the one before: its rows are computed again, and come out the same. Not where they
            // are added to.
            if (i + Height > c.Rows && c.Rows >= Height && !add) i = c.Rows - Height;
            var height = Math.Min(Height, c.Rows - i);
            var first = zero == Triangle.OfLeftTransposed ? i : 0;
            var last = zero == Triangle.OfLeft ? Math.Min(a.Columns, i + height) : a.Columns;
            var from = a.Part(i, height, first, Math.Max(0, last - first));
            if (c.Columns == Width) Tile(from, b + first * Width, c.Part(i, height, 0, Width), add);
            else TileAside(from, b + first * Width, c.Part(i, height, 0, c.Columns), add);
        }
    }

    /// <summary>Columns of B, row by row, as wide as a tile; zero beyond the last.</summary>
    private static void Copy(Matrix b, float* to)
    {
        if (b.Columns == Width && b.Across == 1)
        {
            for (var k = 0; k < b.Rows; k++)
                Store(to + k * Width, Vector.Load(b.Row(k)), Vector.Load(b.Row(k) + Lanes));
            return;
        }
        if (b.Columns < Width) new Span<float>(to, b.Rows * Width).Clear();
        int k4 = 0, j4 = b.Columns - b.Columns % 4;
        if (Sse.IsSupported && b.Down == 1)
            for (; k4 + 4 <= b.Rows; k4 += 4)
                for (var j = 0; j < j4; j += 4)
                    Transpose4(b.Row(k4) + (nint)j * b.Across, b.Across, to + k4 * Width + j);
        for (var k = 0; k < b.Rows; k++)
            for (var j = k < k4 ? j4 : 0; j < b.Columns; j++) to[k * Width + j] = b.Row(k)[(nint)j * b.Across];
    }

    /// <summary>Four vectors of four numbers as the columns of four others.</summary>
    private static void Transpose4(float* from, int stride, float* to)
    {
        var (r0, r1) = (Sse.LoadVector128(from), Sse.LoadVector128(from + stride));
        var (r2, r3) = (Sse.LoadVector128(from + 2 * stride), Sse.LoadVector128(from + 3 * stride));
        var (low01, high01) = (Sse.UnpackLow(r0, r1), Sse.UnpackHigh(r0, r1));
        var (low23, high23) = (Sse.UnpackLow(r2, r3), Sse.UnpackHigh(r2, r3));
        Sse.Store(to, Sse.MoveLowToHigh(low01, low23));
        Sse.Store(to + Width, Sse.MoveHighToLow(low23, low01));
        Sse.Store(to + 2 * Width, Sse.MoveLowToHigh(high01, high23));
        Sse.Store(to + 3 * Width, Sse.MoveHighToLow(high23, high01));
    }

    /// <summary>A tile that is narrower than the registers goes by way of memory that is as wide.</summary>
    private static void TileAside(Matrix a, float* b, Matrix c, bool add)
    {
        var room = stackalloc float[Height * Width];
        var aside = new Matrix(room, Height, Width, Width);
        for (var r = 0; r < c.Rows; r++) c[r].CopyTo(aside[r]);
        Tile(a, b, aside.Part(0, c.Rows, 0, Width), add);
        for (var r = 0; r < c.Rows; r++) aside[r][..c.Columns].CopyTo(c[r]);
    }

    private static void Tile(Matrix a, float* b, Matrix c, bool add)
    {
        if (c.Rows == Height) SixRows(a, b, c, add);
        else
            for (var r = 0; r < c.Rows; r++) OneRow(a.Part(r, 1, 0, a.Columns), b, c.Row(r), add);
    }

    private static void OneRow(Matrix a, float* b, float* c, bool add)
    {
        var (x, y) = add ? Load(c) : default;
        var from = a.Data;
        for (var k = 0; k < a.Columns; k++, from += a.Across, b += Width)
        {
            var (left, right) = Load(b);
            x = Vector.FusedMultiplyAdd(new(*from), left, x);
            y = Vector.FusedMultiplyAdd(new(*from), right, y);
        }
        Store(c, x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SixRows(Matrix a, float* b, Matrix c, bool add)
    {
        Vector<float> x0 = default, y0 = default, x1 = default, y1 = default, x2 = default, y2 = default;
        Vector<float> x3 = default, y3 = default, x4 = default, y4 = default, x5 = default, y5 = default;
        if (add)
        {
            (x0, y0) = Load(c.Row(0));
            (x1, y1) = Load(c.Row(1));
            (x2, y2) = Load(c.Row(2));
            (x3, y3) = Load(c.Row(3));
            (x4, y4) = Load(c.Row(4));
            (x5, y5) = Load(c.Row(5));
        }
        nint down = a.Down, across = a.Across;
        float* upper = a.Data, lower = a.Row(3), end = b + (nint)a.Columns * Width;
        for (; b < end; b += Width, upper += across, lower += across)
        {
            var (left, right) = Load(b);
            var s = new Vector<float>(*upper);
            x0 = Vector.FusedMultiplyAdd(s, left, x0);
            y0 = Vector.FusedMultiplyAdd(s, right, y0);
            s = new(upper[down]);
            x1 = Vector.FusedMultiplyAdd(s, left, x1);
            y1 = Vector.FusedMultiplyAdd(s, right, y1);
            s = new(upper[2 * down]);
            x2 = Vector.FusedMultiplyAdd(s, left, x2);
            y2 = Vector.FusedMultiplyAdd(s, right, y2);
            s = new(*lower);
            x3 = Vector.FusedMultiplyAdd(s, left, x3);
            y3 = Vector.FusedMultiplyAdd(s, right, y3);
            s = new(lower[down]);
            x4 = Vector.FusedMultiplyAdd(s, left, x4);
            y4 = Vector.FusedMultiplyAdd(s, right, y4);
            s = new(lower[2 * down]);
            x5 = Vector.FusedMultiplyAdd(s, left, x5);
            y5 = Vector.FusedMultiplyAdd(s, right, y5);
        }
        Store(c.Row(0), x0, y0);
        Store(c.Row(1), x1, y1);
        Store(c.Row(2), x2, y2);
        Store(c.Row(3), x3, y3);
        Store(c.Row(4), x4, y4);
        Store(c.Row(5), x5, y5);
    }

    private static (Vector<float> Left, Vector<float> Right) Load(float* from) =>
        (Vector.Load(from), Vector.Load(from + Lanes));

    private static void Store(float* to, Vector<float> x, Vector<float> y)
    {
        x.Store(to);
        y.Store(to + Lanes);
    }
}
