using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Training;

/// <summary>In which order the rows of data are learned from: pass after pass, each in an order of its own.</summary>
/// <param name="keeps">Whether the run can be stopped, and must know then how its orders were drawn.</param>
internal sealed class BatchOrder(Generator generator, bool keeps)
{
    /// <summary>The batches from where a pass is, without end. An order is drawn when its pass begins, so in the midst
    /// of one it is drawn again.</summary>
    public IEnumerator<long[]> From(PassState state, Corpus corpus, int rows)
    {
        while (true)
        {
            var now = state.Batches > 0 ? State() : [];
            if (state.Batches > 0) Set(generator, state.Generator);
            else if (keeps) state.Generator = State();
            var pass = corpus.Shuffled(rows, generator).ToList();
            Set(generator, now);
            foreach (var numbers in pass.Skip(state.Batches))
            {
                state.Batches++;
                yield return numbers;
            }
            state.Batches = 0;
        }
    }

    /// <summary>The generator as it is.</summary>
    public byte[] State()
    {
        using var bytes = generator.get_state();
        return bytes.data<byte>().ToArray();
    }

    /// <summary>Sets a generator to what it was; where nothing was kept, it stays as it is.</summary>
    public static void Set(Generator generator, byte[] state)
    {
        if (state.Length == 0) return;
        using var bytes = tensor(state);
        generator.set_state(bytes);
    }
}
