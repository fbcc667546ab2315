using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>A translator, the encoder first: it trains through a decoder and a head that are thrown away, and then
/// stays as it is while the model's own decoder, embedding and head train on it. Each has weights of its own, or it
/// would be trained with another.</summary>
public sealed record StagedTranslator : IStrategy
{
    public string Name => "StagedTranslator";

    /// <summary>Share of the tokens for the encoder; 0 leaves it random.</summary>
    public double EncoderShare { get; init; } = 0.4;

    /// <exception cref="ArgumentException">The model is no translator.</exception>
    public Model Build(ModelConfig config, Generator generator) => config.SourceVocabulary is not null
        ? (config with { TieHead = false, ShareEncoder = false }).Build(generator)
        : throw new ArgumentException("StagedTranslator is for translators, and this describes a language model: set "
            + "SourceVocabulary, or train with HierarchicalTraining.");

    public IReadOnlyList<Stage> Stages(Model model, Plan plan)
    {
        var translator = (EncoderDecoder)model;
        // The encoder learns from what its translations are worth, so something must translate: a decoder and a head
        // for its stage alone.
        var encoder = (long)(EncoderShare * plan.Tokens);
        Detour way = encoder == 0 ? Detour.None
            : new() { Body = TemporaryPart.Body("temporary decoder", model, c => c),
                Head = TemporaryPart.Head("temporary head", model) };
        Stage[] stages =
        [
            // Everything that the encoder needs trains with it.
            new("encoder", new CausalLm { Way = way },
                [translator.Source, translator.Encoder, model.Embedding, .. way.Parts], encoder),
            // The model's own decoder begins anew, with fresh token vectors: it has the encoder, and nothing else.
            new("decoder", [plan.Goal], [model.Embedding, model.Body, model.Head],
                plan.Tokens - encoder) { Reset = [model.Embedding] },
        ];
        return [.. stages.Where(s => s.Tokens > 0).Select(s => s with { Schedule = plan.Schedule })];
    }
}
