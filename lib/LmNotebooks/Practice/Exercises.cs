namespace LmNotebooks.Practice;

/// <summary>The exercises of the course, a file or two a notebook.</summary>
public static partial class Exercises
{
    /// <summary>The exercises of each notebook, in their order.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<IExercise>> ByNotebook { get; } =
        new Dictionary<string, IReadOnlyList<IExercise>>
        {
            ["00-start-here"] = [Bits, SwapCost, TextLoss, WhoseText, Longer],
            ["01-a-known-language"] = [Perplexity, ExcessByHand, WittenBell, BigramModel, TwoWords],
            ["02-building-a-transformer"] = [GradientOfLogit, WeightsOfBlock, Window, MultiQuery, ProudAttention],
            ["03-architectures"] = [GruWeights, GatedState, ScalingSlope, LstmStep, WhichIsCloser, TextOrWidth],
            ["04-what-a-model-knows"] = [ShareOfTopic, CalibrationGap, NearestWord, KnowsAgreement],
            ["05-real-text"] = [BitsPerByte, CommonestPair, MergePair, Temperature, BytesOrPieces],
            ["06-hierarchical-training"] =
            [
                StageCosts, CriticalPath, SkipGramLoss, WarmUp, TwoStages, FrozenVectors, BestOfSixteen, OwnStage,
                PartAgain,
            ],
            ["07-unsupervised-pretraining"] =
                [CorruptedShare, MultiplierByHand, NegationFeatures, ReadoutFit, ProbeFirst, FourReports],
            ["08-weight-sharing"] =
                [WiderLayers, SequencePattern, CyclePattern, FirstLayerApart, FreeDepth, OwnPattern],
            ["09-multi-task-learning"] =
                [SamplingShare, SharedHead, CorrectedCosine, Projected, OthersFirst, FourGains],
            ["10-zero-shot-learning"] =
            [
                WhatIsLeft, CalibratedBias, CalibratedPrompt, PromptInformation, ContextToVector, FourZeroShots,
            ],
        };
}
