using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LmNotebooks.Measures;

/// <summary>The inner products of gradients of several tasks at the same parameters, each task's from several batches:
/// all that is needed of gradients to compare their lengths and directions.</summary>
public sealed class GradientProducts
{
    private const int Fewest = 3;
    private readonly double[] products;

    private GradientProducts(int tasks, int batches, double[] products) =>
        (Tasks, Batches, this.products) = (tasks, batches, products);

    public int Tasks { get; }

    /// <summary>Number of batches of each task, K.</summary>
    public int Batches { get; }

    /// <summary>The product of the gradient of one task on batch a and that of another task, or of the same one, on
    /// batch b.</summary>
    public double this[int task, int a, int other, int b] =>
        products[(task * Batches + a) * Tasks * Batches + other * Batches + b];

    /// <param name="gradients">Of each task the gradients from K batches. Batches of different numbers are independent,
    /// also between tasks.</param>
    /// <exception cref="ArgumentException">There are fewer than three batches, or their numbers differ; one
    /// sentence.</exception>
    public static GradientProducts Of(IReadOnlyList<IReadOnlyList<double[]>> gradients)
    {
        var batches = gradients.Count == 0 ? 0 : gradients[0].Count;
        Require(batches);
        if (gradients.Any(task => task.Count != batches))
            throw new ArgumentException($"The tasks have {string.Join(", ", gradients.Select(t => t.Count))} gradients:"
                + " give each as many.");
        using var scope = NewDisposeScope();
        using var rows = stack(gradients.SelectMany(task => task).Select(g => tensor(g)));
        return new(gradients.Count, batches, Numbers(Gram(rows)));
    }

    /// <summary>Of what several aims ask of a model as it is. The rows of a batch have the same numbers in the data of
    /// all aims, so that tasks about the same texts see them in the same batch. The model is left as it was, without
    /// gradients.</summary>
    /// <param name="aims">Each with data.</param>
    /// <param name="parts">The parts whose parameters are meant, such as the <see cref="Model.Readers"/> that all
    /// questions about texts share. Where an aim does not use a parameter, its gradient is 0.</param>
    /// <param name="from">The rows of an aim's data that are read: those to train or to test on.</param>
    /// <param name="batches">K, at least three.</param>
    /// <param name="rows">In each batch. No row is in two.</param>
    /// <param name="generator">Of the choice of rows, and of what the objectives draw.</param>
    /// <exception cref="ArgumentException">There are too few batches or rows, or an aim has no data; one
    /// sentence.</exception>
    public static GradientProducts Of(Model model, IReadOnlyList<Aim> aims, IReadOnlyList<Part> parts,
        Func<Dataset, Corpus> from, int batches, int rows, Generator generator)
    {
        Require(batches);
        List<Corpus> corpora = [.. aims.Select(aim => from(aim.Data ?? throw new ArgumentException(
            $"The aim '{aim}' has no data: give it some.")))];
        var shortest = corpora.Min(c => c.Rows);
        if (shortest < batches * rows)
            throw new ArgumentException($"{batches} batches of {rows} rows are more than the {shortest} rows that the "
                + "smallest data have: take smaller or fewer batches.");
        using var scope = NewDisposeScope();
        var order = randperm(shortest, generator: generator).data<long>().ToArray();
        List<long[]> numbers = [.. order.Chunk(rows).Take(batches)];
        List<Parameter> parameters = [.. parts.SelectMany(p => p.Module.parameters()).Distinct()];
        var gradients = aims.Zip(corpora).SelectMany(aim => numbers.Select(own =>
            Gradients(model, aim.First, aim.Second.Take(own, model.Device), parameters, generator))).ToList();
        // one parameter at a time, so that there is little in double precision at once
        var gram = zeros(gradients.Count, gradients.Count, dtype: float64);
        for (var p = 0; p < parameters.Count; p++)
        {
            using var work = NewDisposeScope();
            gram.add_(Gram(stack(gradients.Select(g => g[p])).to(float64)), Scalars.One);
        }
        GC.KeepAlive(model);   // libtorch reads weights that the model alone holds
        return new(aims.Count, batches, Numbers(gram));
    }

    /// <summary>The gradient of an aim's loss on a batch, parameter by parameter.</summary>
    private static List<Tensor> Gradients(Model model, Aim aim, Batch batch, IReadOnlyList<Parameter> parameters,
        Generator generator)
    {
        using var scope = NewDisposeScope();
        List<Parameter> all = [.. model.parameters()
            .Concat(aim.Objective.Temporary.SelectMany(p => p.Module.parameters()))];
        var trained = all.Select(p => p.requires_grad).ToList();
        foreach (var p in all) p.requires_grad = false;
        foreach (var p in parameters) p.requires_grad = true;
        try
        {
            var loss = aim.Objective.Of(model, batch, generator).Mean;
            if (loss.requires_grad) loss.backward();
            return [.. parameters.Select(p => (p.grad ?? zeros_like(p)).detach().flatten().cpu()
                .MoveToOuterDisposeScope())];
        }
        finally
        {
            foreach (var (p, was) in all.Zip(trained)) (p.grad, p.requires_grad) = (null, was);
        }
    }

    /// <summary>Of vectors, [N, P]: [N, N].</summary>
    private static Tensor Gram(Tensor vectors) => vectors.mm(vectors.t());

    private static double[] Numbers(Tensor gram) => gram.data<double>().ToArray();

    private static void Require(int batches)
    {
        if (batches < Fewest)
            throw new ArgumentException($"Gradients from {batches} batches do not tell how much they vary: take "
                + $"{Fewest} or more.");
    }
}
