namespace LmNotebooks.Training;

/// <summary>Where an aim is in its pass over its data.</summary>
internal sealed class PassState
{
    /// <summary>Batches taken from this pass.</summary>
    public int Batches { get; set; }

    /// <summary>The generator as it was when this pass began, and its order was drawn.</summary>
    public byte[] Generator { get; set; } = [];
}
