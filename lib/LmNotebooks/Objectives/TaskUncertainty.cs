using LmNotebooks.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Objectives;

/// <summary>A number for each task, s, which begins at 0 and trains: for <see cref="UncertaintyWeighting"/>.</summary>
public sealed class TaskUncertainty : Module
{
    private readonly Parameter s;

    /// <param name="name">Of the part.</param>
    /// <param name="model">Beside which it trains.</param>
    /// <param name="tasks">How many, the goal among them.</param>
    public TaskUncertainty(string name, Model model, int tasks) : base("uncertainty")
    {
        var like = model.parameters().First();
        s = new(zeros(tasks, dtype: like.dtype, device: like.device));
        RegisterComponents();
        Part = new(name, this);
    }

    /// <summary>What a stage trains.</summary>
    public Part Part { get; }

    /// <summary>The s of all tasks, the goal's first, [T].</summary>
    public Tensor S => s;
}
