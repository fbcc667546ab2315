namespace LmNotebooks.Records;

/// <summary>Type, shape and place of a tensor in a safetensors file.</summary>
/// <param name="DataOffsets">First byte, and the byte after the last, counted from the end of the header.</param>
internal sealed record TensorEntry(string Dtype, long[] Shape, long[] DataOffsets);
