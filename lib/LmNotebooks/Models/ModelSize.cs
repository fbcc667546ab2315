namespace LmNotebooks.Models;

/// <summary>How large the model is that a description is of, before it is built.</summary>
public static class ModelSize
{
    extension(ModelConfig c)
    {
        /// <summary>Number of parameters.</summary>
        public long Parameters => c.VectorParameters + (c.TieHead ? 0 : (long)c.Vocabulary * c.Width) + c.Vocabulary
            + (c.ShareEncoder ? 0 : c.LayerParameters) + c.NormParameters
            // the last: to the source
            + (c.Source is { } source ? source.VectorParameters + source.LayerParameters + source.NormParameters
                + c.AttentionParameters : 0)
            + c.Classes.Values.Sum(answers => answers * (c.Width + 1L));

        /// <summary>Bytes that training needs at a batch of B rows, estimated: weights, gradients and two moments in
        /// float32, and what the backward pass keeps: activations a position, layer and channel, 34 in a Transformer,
        /// 13 more where it also looks at a source, 3 for each gate and 4 for the state in a recurrent model; and four
        /// times the logits.</summary>
        public double TrainingBytes(long batchRows) =>
            16.0 * c.Parameters + 4.0 * batchRows * (c.Context * (c.Activations + 4.0 * c.Vocabulary)
            + (c.Source is { } source ? source.Context * source.Activations + c.Context * 13.0 * c.Layers * c.Width
                : 0));

        /// <summary>Vectors that a recurrent layer computes at each token: the new state, and one for each
        /// gate.</summary>
        internal int Gates => c.Architecture switch { Architecture.Lstm => 4, Architecture.Gru => 3, _ => 1 };

        /// <summary>Channels of a layer's keys, and of its values.</summary>
        internal int KeyWidth => c.MultiQuery ? c.Width / c.Heads : c.Width;

        /// <summary>Of token and position vectors.</summary>
        private long VectorParameters => (long)(c.Pieces?.Count ?? c.Vocabulary) * (c.VectorWidth ?? c.Width)
            + (long)c.Width * (c.VectorWidth ?? 0) + (c.IsTransformer ? (long)c.Context * c.Width : 0);

        private long LayerParameters => c.IsTransformer
            ? c.AttentionParameters + c.Own(c.FeedForwardOf) * (8L * c.Width * c.Width + 7L * c.Width)
            : c.Layers * c.Gates * (2L * c.Width * c.Width + 2L * c.Width);

        private long AttentionParameters =>
            c.Own(c.AttentionOf) * ((c.Width + 1L) * (2L * c.Width + 2L * c.KeyWidth) + 2L * c.Width);

        private long NormParameters => c.IsTransformer ? 2L * c.Width : 0;

        /// <summary>Numbers that the backward pass keeps of a position.</summary>
        private double Activations => (c.IsTransformer ? 34.0 : 3.0 * c.Gates + 4) * c.Layers * c.Width;

        /// <summary>How many layers have weights of their own.</summary>
        private int Own(IReadOnlyList<int>? of) => of?.Distinct().Count() ?? c.Layers;
    }
}
