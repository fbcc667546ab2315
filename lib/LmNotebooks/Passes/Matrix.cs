using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LmNotebooks.Passes;

/// <summary>A view of float32 numbers in memory that others own, as rows and columns. Nothing is checked and nothing is
/// kept alive: who makes a view answers for its bounds and holds what it is of.</summary>
/// <param name="data">The number in row 0 and column 0.</param>
/// <param name="down">From a number to the one below it, counted in numbers.</param>
/// <param name="across">From a number to the one at its right; 1, but for a transposed view.</param>
internal readonly unsafe struct Matrix(float* data, int rows, int columns, int down, int across = 1)
{
    public float* Data => data;
    public int Rows => rows;
    public int Columns => columns;
    public int Down => down;
    public int Across => across;

    /// <summary>A tensor's own memory, the last dimension as columns.</summary>
    public static Matrix Of(Tensor tensor)
    {
        var columns = (int)tensor.size(-1);
        return new(DataOf(tensor), (int)(tensor.numel() / Math.Max(1, columns)), columns, columns);
    }

    /// <summary>Where the numbers of a contiguous tensor begin.</summary>
    public static float* DataOf(Tensor tensor) => (float*)BytesOf(tensor);

    /// <inheritdoc cref="DataOf"/>
    public static byte* BytesOf(Tensor tensor) => (byte*)Unsafe.AsPointer(ref tensor.bytes.GetPinnableReference());

    /// <summary>The matrix with its rows as columns, over the same numbers.</summary>
    public Matrix Transposed => new(data, columns, rows, across, down);

    public float* Row(int row) => data + (nint)row * down;

    public Span<float> this[int row] => new(Row(row), columns);

    /// <summary>Some of the rows, and of these some of the columns.</summary>
    public Matrix Part(int row, int rows, int column, int columns) =>
        new(Row(row) + (nint)column * across, rows, columns, down, across);
}
