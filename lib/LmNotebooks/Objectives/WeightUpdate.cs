using LmNotebooks.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Objectives;

/// <summary>What is added to some weights of a model, and trains in their place: to a matrix [out, in] the product of
/// two smaller ones, B [out, r] and A [r, in], which has at most rank r (Hu et al. 2021), and to a vector another one.
/// It begins at zero: A is random, B and the vectors are 0. For <see cref="Updated"/>.</summary>
public sealed class WeightUpdate : Module
{
    private readonly Func<Model, IEnumerable<Parameter>> choose;
    private readonly ModuleList<Addend> addends;

    /// <param name="choose">The weights of a model that are updated, in an order that stays.</param>
    /// <exception cref="ArgumentException">The rank is below 1; one sentence.</exception>
    public WeightUpdate(string name, Model model, Func<Model, IEnumerable<Parameter>> choose, int rank = 1)
        : base("update")
    {
        if (rank < 1) throw new ArgumentException($"Rank is {rank}: it must be at least 1.");
        this.choose = choose;
        addends = new([.. choose(model).Select(weight => new Addend(weight, rank))]);
        RegisterComponents();
        Part = new(name, this) { Draw = Draw };
    }

    /// <summary>What a stage trains: all the A and B, and the vectors.</summary>
    public Part Part { get; }

    /// <summary>The weights that it is added to.</summary>
    public IReadOnlyList<Parameter> Of(Model model) => [.. choose(model)];

    /// <summary>What is added to each of those weights, of its shape, with a gradient to what it is made of.</summary>
    public IReadOnlyList<Tensor> Values => [.. addends.Select(a => a.Value)];

    /// <summary>Makes of each weight W + what is added now - what was added before.</summary>
    public void AddTo(IReadOnlyList<Parameter> weights, IReadOnlyList<Tensor> values)
    {
        using var off = no_grad();
        foreach (var (i, addend) in addends.Index())
        {
            weights[i].add_(values[i].sub(addend.Added), alpha: Scalars.One);
            addend.Added.copy_(values[i]);
        }
    }

    private void Draw(Generator generator)
    {
        foreach (var addend in addends) addend.Draw(generator);
    }

    /// <summary>What is added to one weight.</summary>
    private sealed class Addend : Module
    {
        private readonly Parameter left;      // B, or the vector
        private readonly Parameter? right;    // A
        private readonly Tensor added;

        public Addend(Parameter weight, int rank) : base("addend")
        {
            Tensor Zeros(params long[] shape) => zeros(shape, dtype: weight.dtype, device: weight.device);
            left = new(weight.dim() == 1 ? Zeros(weight.shape) : Zeros(weight.size(0), rank));
            right = weight.dim() == 1 ? null : new(Zeros(rank, weight.size(1)));
            added = Zeros(weight.shape);
            RegisterComponents();
        }

        /// <summary>What is in the weight by now. It is kept with the rest, so that a run can go on.</summary>
        public Tensor Added => added;

        public Tensor Value => right is null ? left : left.mm(right);

        public void Draw(Generator generator)
        {
            // As large as a random matrix of its width, so that A x is as large as x.
            if (right is not null) Initial.Draw(right, 1 / Math.Sqrt(right.size(1)), generator);
        }
    }
}
