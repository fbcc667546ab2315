using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LmNotebooks.Passes;
using MathNet.Numerics;

namespace LmNotebooks.Tests.Passes;

/// <summary>The arithmetic that the passes are made of, in double precision beside it.</summary>
public sealed unsafe class PassTests
{
    private static readonly double[] Numbers = [.. Enumerable.Range(-4000, 8001).Select(i => i / 400.0)];

    [Fact]
    public void Exponentials_are_right_to_a_ten_millionth_and_nothing_below_the_least() =>
        Assert.All(Numbers.Select(x => x * 8), x =>
    {
        var exact = x < -87 ? 0 : Math.Exp((float)x);
        Assert.InRange(Of(Exponential.Of, x), exact * (1 - 2.5e-7), exact * (1 + 2.5e-7));
    });

    [Fact]
    public void Sigmoid_and_tanh_are_right_to_a_ten_millionth_wherever_they_are_asked() =>
        Assert.All(Numbers.Append(1e30).Append(-1e30), x =>
    {
        Assert.Equal(1 / (1 + Math.Exp(-x)), Of(Exponential.Sigmoid, x), 2e-7);
        Assert.Equal(Math.Tanh(x), Of(Exponential.Tanh, x), 3e-7);
    });

    [Fact]
    public void What_is_no_number_stays_none()
    {
        Assert.True(double.IsNaN(Of(Exponential.Of, double.NaN)));
        Assert.True(double.IsNaN(Of(Exponential.Sigmoid, double.NaN)));
        Assert.True(double.IsNaN(Of(Exponential.Tanh, double.NaN)));
    }

    [Fact]
    public void Gelu_and_its_slope_are_right_to_a_few_ten_millionths()
    {
        float* x = stackalloc float[16], bias = stackalloc float[16], slope = stackalloc float[16];
        foreach (var chunk in Numbers.Chunk(16).Where(c => c.Length == 16))
        {
            for (var i = 0; i < 16; i++) (x[i], bias[i]) = ((float)chunk[i] - 0.5f, 0.5f);
            GeluPass.Forward(new Matrix(x, 1, 16, 16), bias, new Matrix(slope, 1, 16, 16));
            for (var i = 0; i < 16; i++)
            {
                var v = (double)((float)chunk[i] - 0.5f + 0.5f);
                var below = SpecialFunctions.Erfc(-v / Math.Sqrt(2)) / 2;
                Assert.Equal(v * below, x[i], 4e-7 * Math.Max(1, Math.Abs(v)));
                Assert.Equal(below + v * Math.Exp(-v * v / 2) / Math.Sqrt(2 * Math.PI), slope[i], 4e-7);
            }
        }
    }

    /// <summary>What is drawn at random: the sides of a product, and which numbers of it are zero or not
    /// wanted.</summary>
    public sealed record Product(int Rows, int Inner, int Columns, bool LeftTransposed, bool RightTransposed, bool Add,
        int Triangle, int Seed);

    private static readonly Arbitrary<Product> Products = (
        from rows in Gen.Choose(1, 40)
        from inner in Gen.Choose(1, 40)
        from columns in Gen.Choose(1, 40)
        from left in Gen.Elements(true, false)
        from right in Gen.Elements(true, false)
        from add in Gen.Elements(true, false)
        from triangle in Gen.Choose(0, 3)
        from seed in Gen.Choose(1, 1_000_000)
        select new Product(rows, inner, columns, left, right, add, triangle, seed)).ToArbitrary();

    [Property(MaxTest = 400)]
    public Property Products_of_tiles_are_products() => Prop.ForAll(Products, p =>
    {
        var zero = (Triangle)p.Triangle;
        var (m, k, n) = (p.Rows, zero is Triangle.OfLeft or Triangle.OfLeftTransposed ? p.Rows : p.Inner,
            zero == Triangle.OfResult ? p.Rows : p.Columns);
        var random = new Random(p.Seed);
        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
        var (a, b, c) = (Draw(m * k), Draw(k * n), Draw(m * n));
        for (var i = 0; i < m; i++)
            for (var j = 0; j < k; j++)
                if ((zero == Triangle.OfLeft && j > i) || (zero == Triangle.OfLeftTransposed && j < i))
                    a[p.LeftTransposed ? j * m + i : i * k + j] = 0;
        var before = c.ToArray();
        fixed (float* pa = a, pb = b, pc = c)
        {
            var left = p.LeftTransposed ? new Matrix(pa, k, m, m).Transposed : new Matrix(pa, m, k, k);
            var right = p.RightTransposed ? new Matrix(pb, n, k, k).Transposed : new Matrix(pb, k, n, n);
            Tiles.Multiply(left, right, new Matrix(pc, m, n, n), p.Add, zero);
            for (var i = 0; i < m; i++)
                for (var j = 0; j < (zero == Triangle.OfResult ? i + 1 : n); j++)
                {
                    var sum = p.Add ? (double)before[i * n + j] : 0;
                    for (var l = 0; l < k; l++)
                        sum += (double)left.Row(i)[l * left.Across] * right.Row(l)[j * right.Across];
                    Assert.Equal(sum, pc[i * n + j], 1e-5);
                }
        }
    });

    private static double Of(Func<Vector<float>, Vector<float>> function, double x) =>
        function(new Vector<float>((float)x))[Vector<float>.Count - 1];
}
