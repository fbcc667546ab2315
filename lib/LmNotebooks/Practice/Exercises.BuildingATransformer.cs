using LmNotebooks.Models;
using static TorchSharp.torch;
using Attention = System.Func<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor,
    TorchSharp.torch.Tensor>;

namespace LmNotebooks.Practice;

public static partial class Exercises
{
    /// <summary>The gradient of the mean loss of many places at one logit.</summary>
    public static Exercise<double> GradientOfLogit => new(ExerciseKind.Number, Difficulty.Easy,
        Judge.Number(0.2 - 0.3, 0.002))
    {
        Question = "At 100 places of a text the word before is \"the\". At 30 of them \"lun\" comes next, and at the "
            + "other 70 it does not. A table of logits gives \"lun\" a probability of 0.2 after \"the\". What is the "
            + "gradient of the mean loss of these 100 places at the logit of \"lun\"?",
        Hints = ["What does one place add at which \"lun\" comes, and what does one at which it does not?",
            "Add up both kinds of places, and divide by how many there are.",
            "For which probability would the gradient be zero? Does that make sense?"],
        Misconceptions =
        [
            new("sign", 0.1, "The size is right. If this logit rises, does the loss rise, too?"),
            new("one place", 0.2 - 1, "That is the gradient of one place at which the word came. There are others."),
            new("sum", -10, "That is the sum over the places. The loss is a mean."),
            new("only where it came", 0.3 * (0.2 - 1), "The places at which another word came push this logit, too."),
            new("what the model said", 0.2, "That is what the model said. What came is missing."),
            new("what came", -0.3, "That is what came. What the model said is missing."),
            new("derivative of the logarithm", -0.3 / 0.2, "That is the derivative by the probability. Between it and "
                + "the logit stands a softmax."),
        ],
    };

    /// <summary>How many numbers one block holds.</summary>
    public static Exercise<double> WeightsOfBlock => new(ExerciseKind.Number, Difficulty.Medium,
        Judge.Number((12 * Width + 13) * Width, 0.5))
    {
        Question = "How many numbers does one block of a Transformer hold if its vectors are 48 wide? Count the "
            + "matrices, their biases and the two norms. The number of heads does not matter: say to yourself why.",
        Hints = ["Go through the block line by line: norm, attention, norm, MLP.", "A matrix has rows times columns. "
            + "Which matrices of attention go from C to 3 C and from C to C, and which of the MLP to 4 C and back?",
            "Each of them adds a bias as long as its result; a norm has a weight and a bias for each channel."],
        Misconceptions =
        [
            new("matrices alone", 12 * Width * Width, "These are the matrices alone. What else is added or "
                + "multiplied?"),
            new("no norms", (12 * Width + 9) * Width, "The two layer norms have weights, too."),
            new("no biases", (12 * Width + 4) * Width, "The matrices have biases."),
            new("one norm", (12 * Width + 11) * Width, "There are two norms, and each has a weight and a bias."),
            new("attention alone", 4 * (Width + 1) * Width, "That is attention. The block has an MLP, too."),
            new("no residual matrix", (11 * Width + 12) * Width, "A last matrix brings together what the heads have "
                + "found."),
            new("heads counted twice", (12 * Width + 13) * Width * 4, "More heads do not make more weights: they "
                + "share the width."),
        ],
    };

    private const double Width = 48;

    /// <summary>Each position sees itself and the two before it: from T to [T, T].</summary>
    public static Exercise<Func<long, Tensor>> Window => new(ExerciseKind.Line, Difficulty.Medium,
        Judge.Like<Func<long, Tensor>>(T => ones(T, T).tril().triu(-2),
            f => TensorCode.Run<double[]>(() => [.. new long[] { 1, 2, 3, 7 }.SelectMany(T => Seen.OfTensor(f(T)))])))
    {
        Question = "Long texts are cheaper when a word sees only its neighbourhood. Write a matrix of ones and zeros, "
            + "[T, T], with which each word sees itself and the two words before it: the rows are the words that look.",
        Hints = ["`tril(n)` keeps what lies on or below a diagonal, `triu(n)` what lies on or above it.",
            "The two can follow each other. A diagonal below the main one has a negative number."],
        Misconceptions =
        [
            new("all earlier words", T => ones(T, T).tril(), "A word sees everything before it. The window is "
                + "narrower."),
            new("later words", T => ones(T, T).triu(-2), "A word sees later ones."),
            new("columns look", T => ones(T, T).triu().tril(2), "Rows and columns have changed places: a word sees the "
                + "two after it."),
            new("both sides", T => ones(T, T).triu(-2).tril(2), "The window goes to both sides. Later words are "
                + "hidden."),
            new("one too few", T => ones(T, T).tril().triu(-1), "A word sees one word before it, and not two."),
            new("one too many", T => ones(T, T).tril().triu(-3), "A word sees three words before it."),
            new("not itself", T => ones(T, T).tril(-1).triu(-2), "A word does not see itself."),
            new("logarithms", T => ones(T, T).tril().triu(-2).log(), "That is what is added to the scores. Ones and "
                + "zeros were asked for, before the logarithm."),
        ],
    };

    /// <summary>Causal attention of several heads with one set of keys and values: queries [B, H, T, D], keys and
    /// values [B, T, D], to [B, H, T, D].</summary>
    public static Exercise<Attention> MultiQuery => new(ExerciseKind.Part, Difficulty.Hard,
        LikeAttention(Shared(Attends), ([3, 3, 3, 3], [3, 3, 3]), ([2, 3, 4, 5], [2, 4, 5]), ([1, 2, 1, 3], [1, 1, 3])))
    {
        Question = "When a model writes, most of its memory is taken by the keys and values of all heads. In "
            + "multi-query attention all heads share one set of them. Queries are [B, H, T, D]; keys and values are "
            + "[B, T, D]. Write the causal attention; the result is [B, H, T, D].",
        Hints = ["`unsqueeze(1)` makes a dimension of size 1 where the heads are.", "`matmul` repeats a dimension of "
            + "size 1 for all heads.", "What is left is the attention of one head: scores, scale, mask, softmax, "
            + "values."],
        Misconceptions =
        [
            new("texts as heads", Attends, "Keys and values have no dimension for the heads, so that of the texts was "
                + "taken for it. With other sizes it would not even fit."),
            .. Faults().Select(fault => new Misconception<Attention>(fault.Name, Shared(fault.Wrong), fault.Thought)),
        ],
    };

    /// <summary>Find the flaw: attention with which a model's loss is below the entropy. It takes queries, keys and
    /// values, [B, T, D] each, and gives [B, T, D].</summary>
    public static Exercise<Attention> ProudAttention => new(ExerciseKind.Flaw, Difficulty.Medium, OneHead())
    {
        Question = "A colleague is proud of this attention: with it a model's loss is below the entropy of the "
            + "language, which no honest model can reach. Find the flaw, and mend it. Queries, keys and values are "
            + "[B, T, D], and so is the result.",
        Hints = ["If a loss is below the entropy, what has the model read?", "Write down the mask for a text of three "
            + "words. What may the first word see, and what does it see?"],
        IsUnedited = answer => OneHead().Same(OneHead().See(answer), OneHead().See((q, k, v) => Sees(q, k, v, 1))),
        Misconceptions = [.. Faults().Select(fault => new Misconception<Attention>(fault.Name, fault.Wrong,
            fault.Thought))],
    };

    private static Judge<Attention> OneHead() => LikeAttention(Attends, ([3, 3, 3], [3, 3, 3]), ([2, 4, 5], [2, 4, 5]),
        ([1, 1, 2], [1, 1, 2]));
}
