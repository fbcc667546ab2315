using static TorchSharp.torch;

namespace LmNotebooks.Charts;

/// <summary>Tensors as the plain numbers that charts and tables take.</summary>
public static class TensorNumbers
{
    extension(Tensor tensor)
    {
        /// <summary>A tensor of one dimension as numbers.</summary>
        public double[] Row()
        {
            using var numbers = tensor.detach().to(float64).cpu().contiguous();
            return numbers.data<double>().ToArray();
        }

        /// <summary>A tensor of two dimensions as rows and columns of numbers.</summary>
        public double[,] Matrix()
        {
            using var numbers = tensor.detach().to(float64).cpu().contiguous();
            return (double[,])numbers.data<double>().ToNDArray();
        }
    }
}
