using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Objectives;

/// <summary>Another objective, with some weights of the model as W + U: the update U trains, and W does not. It is the
/// model itself that reads, whose weights are set to W + U whenever the loss is computed. So they are those of the last
/// step when a stage has ended, and a step behind while it goes on, also in the test loss of an event.</summary>
/// <param name="Update">U.</param>
public sealed record Updated(IObjective Inner, WeightUpdate Update) : IObjective
{
    public string Name => $"{Inner.Name}, {Update.Part.Name}";
    public bool Answers => Inner.Answers;
    public bool ReadsWhole => Inner.ReadsWhole;
    public IReadOnlyList<Part> Temporary => [.. Inner.Temporary, Update.Part];
    public IReadOnlyList<Part> Uses(Model model) => Inner.Uses(model);
    public IDistribution Says(Model model) => Inner.Says(model);

    public Loss Of(Model model, Batch batch, Generator generator)
    {
        // The model reads with what has been learned so far.
        var (weights, values) = (Update.Of(model), Update.Values);
        Update.AddTo(weights, values);
        if (!is_grad_enabled()) return Inner.Of(model, batch, generator);

        // How would the loss change with each weight, G = dL/dW? What else trains gets its gradient here, too.
        var trained = weights.Select(w => w.requires_grad).ToList();
        foreach (var w in weights) w.requires_grad = true;
        var loss = Inner.Of(model, batch, generator);
        loss.Mean.backward();

        // W + U changes with U as with W, so that dL = sum G dU: that is the gradient of what is added to the loss,
        // whose value is 0.
        var pull = weights.Zip(values, (w, value) => (w.grad! * value).sum()).Aggregate((sum, one) => sum.Plus(one));
        foreach (var (w, was) in weights.Zip(trained)) (w.grad, w.requires_grad) = (null, was);
        return loss with { Mean = loss.Mean.detach().Plus(pull.sub(pull.detach())) };
    }

    /// <remarks>The gradients of the weights are computed, those of the others are not, and all have to be gone
    /// through. The update is counted as a product as large as those that it is in, forward and for its gradient: no
    /// less than what it costs to make it of A and B, and to bring the gradients back, once a batch.</remarks>
    public IEnumerable<Application> Applications(Model model, Extent text) =>
        [new(Update.Part, 2.0 * Update.Of(model).Sum(w => w.numel())), .. Inner.Applications(model, text)];
}
