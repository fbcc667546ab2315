using LmNotebooks.Models;
using LmNotebooks.Passes;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Training;

/// <summary>Which of the stage's aims a step was for, the loss before it in nats, and the tokens and texts that it
/// learned from.</summary>
internal readonly record struct StepDone(int Aim, double Loss, long Tokens, IEnumerable<Extent> Texts);

/// <summary>The loop that trains. Budgets, events, costs and resuming stand around it, in the trainer.</summary>
/// <param name="batches">For each aim of the stage, its batches without end, as numbers of rows.</param>
internal sealed class TrainingLoop(Model model, Stage stage, Dataset goal, IReadOnlyList<IEnumerator<long[]>> batches,
    FlatAdamW optimizer, Arena arena, Generator generator)
{
    private readonly Device device = model.parameters().First().device;

    /// <summary>One step of training.</summary>
    /// <param name="done">Share of the stage that is done, 0 to 1: the learning rate follows it.</param>
    public StepDone Next(double done)
    {
        using var scope = NewDisposeScope();   // frees every tensor of the step at its end
        arena.Reset();

        // Which aim is this step for?
        var number = Draw();
        var aim = stage.Aims[number];

        // The next batch of its data.
        batches[number].MoveNext();
        var corpus = (aim.Data ?? goal).Train;
        var batch = corpus.Take(batches[number].Current, device);

        // How wrong is the model, and how would each weight make it less wrong?
        var loss = aim.Objective.Of(model, batch, generator).Mean;
        loss.backward();

        // Move every weight that trains a little that way, and forget the gradients.
        optimizer.Step(stage.Schedule.At(done));

        return new StepDone(number, loss.item<float>(), batch.Tokens, corpus.Extents(batches[number].Current));
    }

    /// <summary>The number of an aim, in proportion to the shares; where there is one, nothing is drawn.</summary>
    private int Draw()
    {
        if (stage.Aims.Count == 1) return 0;
        using var drawn = rand(1, generator: generator);
        var left = drawn.item<float>() * stage.Aims.Sum(aim => aim.Share);
        for (var i = 0; i < stage.Aims.Count - 1; i++)
            if ((left -= stage.Aims[i].Share) < 0) return i;
        return stage.Aims.Count - 1;
    }
}
