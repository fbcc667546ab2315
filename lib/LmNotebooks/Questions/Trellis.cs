using LmNotebooks.Languages;

namespace LmNotebooks.Questions;

/// <summary>All ways through a document of a given length, position by position: a cell is a state of the grammar, the
/// number of the sentence, and a value of the latents z. The forward-backward algorithm (Baum et al. 1970) sums over
/// all ways at once. Here e_t is what is seen at position t, and q -> q' a move of the grammar that reads a word w:
/// forward,  a_t+1(q', z) = sum over q, w of a_t(q, z) P(w | q, z) P(e_t | w): what is seen before t+1, with its cell;
/// backward, b_t(q, z) = sum over q', w of P(w | q, z) P(e_t | w) b_t+1(q', z): what is seen from t on, given its cell.
/// Where w is a full stop, z changes on the way as the latents do between sentences.</summary>
/// <remarks>Messages are [q, z] and scaled to sum to one, so that those of long documents do not vanish.</remarks>
internal sealed class Trellis
{
    private readonly LinguaKnobs knobs;
    private readonly Lexicon lexicon;
    private readonly int states, end, Z;
    private readonly ILookup<WordChoice, Arc> moves;

    public Trellis(LinguaKnobs knobs, Lexicon lexicon, SentenceAutomaton automaton)
    {
        (this.knobs, this.lexicon, states, Z) = (knobs, lexicon, automaton.States, lexicon.Latents.Length);
        var sentences = Math.Max(1, knobs.Sentences);
        end = sentences * states;   // where a document with all its sentences is
        moves =
        (
            from sentence in Enumerable.Range(0, sentences)
            from arc in automaton.Arcs
            let next = arc.To == 0 && knobs.Sentences > 0 ? sentence + 1 : sentence
            select arc with { From = sentence * states + arc.From, To = next * states + arc.To }
        ).ToLookup(arc => arc.Words);
    }

    /// <summary>ln P(what is seen, and the document has this length).</summary>
    public double LogProbability(IReadOnlyList<Evidence> seen)
    {
        var (forward, log) = Forward(seen);
        return log + Math.Log(forward[^1].Zip(Last(seen.Count), (a, b) => a * b).Sum());
    }

    /// <summary>For each position asked for, by the word that stands there, the sum over all ways of P(way) P(what is
    /// seen at all others | way), up to a factor; all 0 if nothing can be so.</summary>
    public double[][] Joint(IReadOnlyList<Evidence> seen, int[] asked)
    {
        var (forward, backward) = (Forward(seen).Messages, Last(seen.Count));
        var joint = new double[asked.Length][];
        for (var t = seen.Count - 1; t >= 0; t--)
        {
            Turn(backward);
            for (var i = 0; i < asked.Length; i++)
                if (asked[i] == t) joint[i] = Between(forward[t], backward);
            backward = Step(backward, seen[t], back: true);
            Scale(backward);
        }
        return joint;
    }

    private (double[][] Messages, double Log) Forward(IReadOnlyList<Evidence> seen)
    {
        var (messages, log) = (new double[seen.Count + 1][], 0.0);
        messages[0] = new double[(end + 1) * Z];
        messages[0].AsSpan(0, Z).Fill(1.0 / Z);   // the first sentence begins, under any z
        for (var t = 0; t < seen.Count; t++)
        {
            messages[t + 1] = Step(messages[t], seen[t], back: false);
            Turn(messages[t + 1]);
            log += Math.Log(Scale(messages[t + 1]));
        }
        return (messages, log);
    }

    /// <summary>The last message backward: a document ends where it is cut, or after its last sentence.</summary>
    private double[] Last(int length)
    {
        var last = new double[(end + 1) * Z];
        if (knobs.Tokens == 0 || length < knobs.Tokens) last.AsSpan(end * Z).Fill(1);
        else if (length == knobs.Tokens) Array.Fill(last, 1);
        return last;
    }

    /// <summary>The sum over the moves at one position, z being held.</summary>
    private double[] Step(double[] message, Evidence seen, bool back)
    {
        var result = new double[message.Length];
        foreach (var choice in moves)
        {
            if (choice.Key.Likelihood(seen) is not { } likelihood) continue;
            foreach (var arc in choice)
            {
                var (from, to) = back ? (arc.To, arc.From) : (arc.From, arc.To);
                for (var z = 0; z < Z; z++)
                    result[to * Z + z] += message[from * Z + z] * arc.Probability * likelihood[z];
            }
        }
        return result;
    }

    /// <summary>New latents wherever a sentence begins: only full stops lead there.</summary>
    private void Turn(double[] message)
    {
        for (var q = 0; q <= end; q += states)
            Filter.NextSentence(message.AsSpan(q * Z, Z), lexicon.Latents, knobs);
    }

    /// <summary>By word, the sum over the cells before it and after it.</summary>
    private double[] Between(double[] before, double[] after)
    {
        var joint = new double[lexicon.Texts.Count];
        foreach (var choice in moves)
        {
            var weights = new double[Z];
            foreach (var arc in choice)
                for (var z = 0; z < Z; z++)
                    weights[z] += before[arc.From * Z + z] * arc.Probability * after[arc.To * Z + z];
            choice.Key.AddTo(joint, weights);
        }
        return joint;
    }

    private static double Scale(double[] message)
    {
        var sum = message.Sum();
        if (sum > 0)
            for (var i = 0; i < message.Length; i++) message[i] /= sum;
        return sum;
    }
}
