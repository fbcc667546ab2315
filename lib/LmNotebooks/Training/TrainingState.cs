using LmNotebooks.Records;

namespace LmNotebooks.Training;

/// <summary>Where a run is between two steps: with the weights and the optimizer's moments, all that its future depends
/// on.</summary>
internal sealed class TrainingState
{
    /// <summary>Which stage is under way, from 0; the number of stages when all have ended.</summary>
    public int Stage { get; set; }

    /// <summary>Tokens of the run when the stage began.</summary>
    public long StageBegin { get; set; }

    /// <summary>Optimizer steps of the run.</summary>
    public long Step { get; set; }

    /// <summary>Optimizer steps of the stage under way.</summary>
    public long StageSteps { get; set; }

    /// <summary>Tokens trained on in the run.</summary>
    public long Tokens { get; set; }

    /// <summary>Floating-point operations of training.</summary>
    public double Flops { get; set; }

    /// <summary>Floating-point operations of the run at the end of each stage so far.</summary>
    public List<double> StageEnds { get; init; } = [];

    /// <summary>Training time, without evaluation.</summary>
    public double Seconds { get; set; }

    /// <summary>Largest optimizer state held at one time.</summary>
    public long OptimizerBytes { get; set; }

    /// <summary>Training losses since the last event.</summary>
    public List<double> Losses { get; init; } = [];

    /// <summary>Events so far.</summary>
    public List<RunEvent> Events { get; init; } = [];

    /// <summary>Where each aim of the stage under way is in its data.</summary>
    public List<PassState> Passes { get; set; } = [];

    /// <summary>The generator as it is.</summary>
    public byte[] Generator { get; set; } = [];
}
