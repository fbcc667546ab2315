using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>One translator of several directions (Johnson et al. 2017), which take turns, each as often. The goal may
/// be a direction that is not among them: to translate so is then zero-shot.</summary>
/// <param name="Directions">Names of their data.</param>
public sealed record Multilingual(params IReadOnlyList<string> Directions) : IStrategy
{
    public string Name => "Multilingual";

    public Model Build(ModelConfig config, Generator generator) => config.Build(generator);

    /// <exception cref="ArgumentException">There are no data of a direction.</exception>
    public IReadOnlyList<Stage> Stages(Model model, Plan plan)
    {
        Aim[] aims = [.. Directions.Select(name => Aim.For(plan.Data.FirstOrDefault(d => d.Name == name)
            ?? throw new ArgumentException($"There are no translations '{name}', but "
                + $"{string.Join(", ", plan.Data.Select(d => d.Name))}: name some of these.")))];

        // All parts are shared: only the word before a source says what is to be done with it.
        return [new("together", aims, model.Parts, plan.Tokens) { Schedule = plan.Schedule }];
    }

    public override string ToString() => $"{Name} {{ Directions = {string.Join(", ", Directions)} }}";
}
