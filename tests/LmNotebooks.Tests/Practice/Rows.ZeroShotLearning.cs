using LmNotebooks.Practice;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearRegression;
using TorchSharp;

namespace LmNotebooks.Tests.Practice;

internal static partial class Rows
{
    private static IEnumerable<Row> ZeroShots()
    {
        yield return Row.Of(Exercises.WhatIsLeft, (all, topics, known, have) => (all / topics - have) / (all - known),
            [(N, K, n, k) => (N - K * k) / (K * (N - n)), (N, K, n, k) => 1 - (N * (K - 1) / K - (n - k)) / (N - n),
                (N, K, n, k) =>
                {
                    // the deal, noun by noun
                    var left = Enumerable.Repeat(1, (int)(N / K - k))
                        .Concat(Enumerable.Repeat(0, (int)(N - N / K - n + k))).ToList();
                    return left.Average();
                },
                (N, K, n, k) => SpecialFunctions.Binomial((int)(N - n) - 1, (int)Math.Max(0, N / K - k - 1))
                    / SpecialFunctions.Binomial((int)(N - n), (int)(N / K - k)) * Math.Sign(N / K - k)],
            [(N, K, n, k) => 1 / K, (N, K, n, k) => k / n, (N, K, n, k) => (k + 1) / (n + K), (N, K, n, k) => N / K - k,
                (N, K, n, k) => (N / K - k) / N, (N, K, n, k) => (N / K - k) / (N / K),
                (N, K, n, k) => 1 - (N / K - k) / (N - n), (N, K, n, k) => (N / K - k) / n,
                (N, K, n, k) => (n / K - k) / (N - n), (N, K, n, k) => 1 - k / n],
            [null, (N, K, n, k) => double.NaN], "all - known", "all / topics", "topics - have");
        yield return Row.Of(Exercises.CalibratedBias,
            (others, logit, p) => Math.Log(p / (1 - p)) + Math.Log(others.Sum(Math.Exp)) - logit,
            [(others, logit, p) => Math.Log(p) - Math.Log(1 - p) + Math.Log(others.Sum(l => Math.Exp(l - logit))),
                (others, logit, p) => Math.Log(p / (1 - p) * others.Sum(Math.Exp) / Math.Exp(logit)),
                (others, logit, p) =>
                {
                    // from the odds without a bias to those with one
                    var before = Math.Exp(logit) / (others.Sum(Math.Exp) + Math.Exp(logit));
                    return SpecialFunctions.Logit(p) - SpecialFunctions.Logit(before);
                },
                (others, logit, p) => torch.tensor(others).logsumexp(0).item<double>() + SpecialFunctions.Logit(p)
                    - logit,
                (others, logit, p) =>
                {
                    var (low, high) = (-50.0, 50.0);
                    for (var i = 0; i < 60; i++)
                    {
                        var bias = (low + high) / 2;
                        var raised = Math.Exp(logit + bias);
                        if (raised / (raised + others.Sum(Math.Exp)) < p) low = bias;
                        else high = bias;
                    }
                    return low;
                }],
            [(others, logit, p) => Math.Log(p) + Math.Log(others.Sum(Math.Exp)) - logit,
                (others, logit, p) => Math.Log(p * (others.Sum(Math.Exp) + Math.Exp(logit)) / Math.Exp(logit)),
                (others, logit, p) => Math.Log(p / (1 - p)) + Math.Log(others.Sum(Math.Exp) + Math.Exp(logit)) - logit,
                (others, logit, p) => Math.Log(p / (1 - p)) + Math.Log(others.Sum(Math.Exp)),
                (others, logit, p) => Math.Log(p / (1 - p)) - logit,
                (others, logit, p) => logit - Math.Log(others.Sum(Math.Exp)) - Math.Log(p / (1 - p)),
                (others, logit, p) => Math.Log((1 - p) / p) + Math.Log(others.Sum(Math.Exp)) - logit,
                (others, logit, p) => Math.Log(p / (1 - p)) + others.Max() - logit,
                (others, logit, p) => Math.Log(p / (1 - p)) + others.Average() - logit,
                (others, logit, p) => p / (1 - p) + Math.Log(others.Sum(Math.Exp)) - logit,
                (others, logit, p) => Math.Log(p / (1 - p)) + others.Sum() - logit,
                (others, logit, p) => Math.Log(p)],
            [null, (others, logit, p) => double.NaN, (others, logit, p) => throw new NotImplementedException()],
            "Math.Log", "1 - p", "- logit", "Sum(");
        yield return Row.Of(Exercises.CalibratedPrompt, (answer, texts) =>
            {
                double[] fair = [.. answer.Select((p, i) => p / texts.Average(text => text[i]))];
                return [.. fair.Select(p => p / fair.Sum())];
            },
            // sums do as well as means
            [(answer, texts) => Parts(answer.Select((p, i) => p / texts.Sum(text => text[i]))),
                (answer, texts) => OfTorch([.. answer.Select((p, i) => Math.Log(p)
                    - Math.Log(texts.Average(text => text[i])))]),
                (answer, texts) =>
                {
                    var means = new double[answer.Length];
                    foreach (var text in texts)
                        for (var i = 0; i < means.Length; i++) means[i] += text[i] / texts.Length;
                    var all = 0.0;
                    for (var i = 0; i < means.Length; i++) all += answer[i] /= means[i];
                    for (var i = 0; i < means.Length; i++) answer[i] /= all;
                    return answer;
                },
                (answer, texts) =>
                {
                    var p = Vector<double>.Build.Dense(answer);
                    var means = Matrix<double>.Build.DenseOfRowArrays(texts).ColumnSums() / texts.Length;
                    return p.PointwiseDivide(means).Normalize(1).ToArray();
                }],
            [(answer, texts) => answer, (answer, texts) => Parts(answer.Select(p => p / texts[0].Average())),
                (answer, texts) => [.. answer.Select((p, i) => p / texts.Average(text => text[i]))],
                (answer, texts) => Parts(answer.Select((p, i) => p * texts.Average(text => text[i]))),
                (answer, texts) => [.. answer.Select((p, i) => p - texts.Average(text => text[i]))],
                (answer, texts) => [.. answer.Select((p, i) => texts.Average(text => text[i]))],
                (answer, texts) => OfTorch([.. answer.Select((p, i) => Math.Log(p)
                    - texts.Average(text => Math.Log(text[i])))]),
                (answer, texts) => Parts(answer.Select((p, i) => texts.Average(text => p / text[i]))),
                (answer, texts) => Parts(answer.Select((p, i) => p / texts[0][i])),
                (answer, texts) => Parts(answer.Select((p, i) => p / texts.Append(answer).Average(text => text[i]))),
                (answer, texts) => Parts(answer.Select((p, i) => p / texts[^1][i])),
                (answer, texts) => Parts(answer.Select((p, i) => p / texts.Max(text => text[i])))],
            [null, (answer, texts) => null!, (answer, texts) => throw new NotImplementedException()], "Average(",
            "Sum(", "p /");
        yield return Row.Of(Exercises.PromptInformation,
            texts => Nats(texts[0].Select((_, i) => texts.Average(text => text[i]))) - texts.Average(Nats),
            [texts => texts.Average(text => text.Select((p, i) => p == 0 ? 0
                    : p * Math.Log(p / texts.Average(other => other[i]))).Sum()),
                texts =>
                {
                    // over the joint distribution of text and answer
                    var (all, T) = (0.0, texts.Length);
                    for (var t = 0; t < T; t++)
                        for (var i = 0; i < texts[t].Length; i++)
                            if (texts[t][i] / T is > 0 and var both)
                                all += both * Math.Log(both / (1.0 / T * texts.Sum(text => text[i]) / T));
                    return all;
                },
                // how much less is known of the text before its answer
                texts => Math.Log(texts.Length) - Enumerable.Range(0, texts[0].Length).Sum(i =>
                    texts.Sum(text => text[i]) / texts.Length * Nats(Parts(texts.Select(text => text[i])))),
                texts => (Nats(texts[0].Select((_, i) => texts.Average(text => text[i]))) / Math.Log(2)
                    - texts.Average(Nats) / Math.Log(2)) * Math.Log(2)],
            [texts => texts[0].Select((_, i) => texts.Average(text => text[i])).Sum(p => -p * Math.Log(p))
                    - texts.Average(text => text.Sum(p => -p * Math.Log(p))),
                texts => Nats(texts[0].Select((_, i) => texts.Average(text => text[i]))),
                texts => texts.Average(Nats),
                texts => texts.Average(Nats) - Nats(texts[0].Select((_, i) => texts.Average(text => text[i]))),
                texts => Math.Log(texts[0].Length) - texts.Average(Nats),
                texts => (Nats(texts[0].Select((_, i) => texts.Average(text => text[i]))) - texts.Average(Nats))
                    / Math.Log(2),
                texts => 1 - texts.Average(Nats) / Nats(texts[0].Select((_, i) => texts.Average(text => text[i]))),
                texts => Nats(texts[0].Select((_, i) => texts.Average(text => text[i]))) - texts.Sum(Nats),
                texts => texts.Average(text => text.Max()),
                texts => Nats(texts.CountBy(text => Array.IndexOf(text, text.Max()))
                    .Select(c => (double)c.Value / texts.Length)),
                texts => Nats(texts[0]) - texts.Average(Nats)],
            [null, texts => double.NaN, texts => throw new NotImplementedException()], "Math.Log", "Entropy(",
            "Average(");
        yield return Row.Of(Exercises.ContextToVector, (contexts, vectors, context) =>
                [.. Vector<double>.Build.Dense(context) * Dense(contexts).Solve(Dense(vectors))],
            [(contexts, vectors, context) => [.. (Dense(contexts).PseudoInverse() * Dense(vectors)).Transpose()
                    * Vector<double>.Build.Dense(context)],
                (contexts, vectors, context) => [.. Vector<double>.Build.Dense(context)
                    * MultipleRegression.Svd(Dense(contexts), Dense(vectors))],
                (contexts, vectors, context) =>
                {
                    // as weights of the known words
                    var U = Dense(contexts);
                    var weights = U * (U.Transpose() * U).Inverse() * Vector<double>.Build.Dense(context);
                    return [.. context.Select((_, i) => vectors.Select((v, n) => weights[n] * v[i]).Sum())];
                },
                (contexts, vectors, context) =>
                {
                    // with the weakest of ridges
                    var U = Dense(contexts);
                    var squares = U.TransposeThisAndMultiply(U) + 1e-8 * Ones(U.ColumnCount);
                    return [.. squares.Cholesky().Solve(U.Transpose() * Dense(vectors)).Transpose()
                        * Vector<double>.Build.Dense(context)];
                },
                ByDescent],
            [(contexts, vectors, context) => context,
                (contexts, vectors, context) => [.. context.Select((_, i) => vectors.Average(v => v[i]))],
                (contexts, vectors, context) => vectors[contexts.Index().MaxBy(u => Angle(u.Item, context)).Index],
                (contexts, vectors, context) =>
                    [.. Vector<double>.Build.Dense(context) * Dense(vectors).Solve(Dense(contexts))],
                (contexts, vectors, context) =>
                    [.. Dense(contexts).Solve(Dense(vectors)) * Vector<double>.Build.Dense(context)],
                (contexts, vectors, context) => [.. context.Select((_, i) =>
                    contexts.Zip(vectors, (u, v) => Dot(u, context) * v[i]).Sum())],
                (contexts, vectors, context) => [.. Vector<double>.Build.Dense([1, .. context])
                    * MultipleRegression.QR(Dense([.. contexts.Select(u => (double[])[1, .. u])]), Dense(vectors))],
                (contexts, vectors, context) =>
                {
                    var U = Dense(contexts);
                    var squares = U.TransposeThisAndMultiply(U) + Ones(U.ColumnCount);
                    return [.. Vector<double>.Build.Dense(context) * squares.Inverse() * U.Transpose()
                        * Dense(vectors)];
                },
                (contexts, vectors, context) => [.. Vector<double>.Build.Dense(context)
                    * Dense(contexts[..context.Length]).Inverse() * Dense(vectors[..context.Length])],
                (contexts, vectors, context) => [.. context.Select((x, i) =>
                    x * contexts.Zip(vectors, (u, v) => u[i] * v[i]).Sum() / contexts.Sum(u => u[i] * u[i]))],
                (contexts, vectors, context) =>
                {
                    var turn = (Dense(contexts).Transpose() * Dense(vectors)).Svd();
                    return [.. Vector<double>.Build.Dense(context) * turn.U * turn.VT];
                },
                (contexts, vectors, context) => vectors[0]],
            [null, (contexts, vectors, context) => null!,
                (contexts, vectors, context) => throw new NotImplementedException()], "Inverse", "Solve(", "QR",
            "TransposeThisAndMultiply");
        var shots = (A: (Flaw?)Flaw.Leak, B: (Flaw?)Flaw.ChosenAfterwards, C: (Flaw?)Flaw.MissingBaseline,
            D: (Flaw?)Flaw.DifferentUnits);
        yield return Row.Of(Exercises.FourZeroShots, shots,
            [shots with { C = (Flaw)(int)Flaw.MissingBaseline }, shots with { A = Enum.Parse<Flaw>("leak", true) },
                (Flaw.Leak, Flaw.ChosenAfterwards, Flaw.MissingBaseline, Flaw.DifferentUnits)],
            [shots with { A = Flaw.UnequalText }, shots with { A = Flaw.UnequalCompute },
                shots with { B = Flaw.Leak }, shots with { B = Flaw.TooFewSeeds },
                shots with { C = Flaw.HiddenInMean }, shots with { C = Flaw.DifferentUnits },
                shots with { D = Flaw.HiddenInMean }, shots with { D = Flaw.UnequalText },
                shots with { A = shots.B, B = shots.A }, shots with { B = null },
                (Flaw.Leak, Flaw.Leak, Flaw.Leak, Flaw.Leak), shots with { D = (Flaw)99 }],
            [(null, null, null, null)], "Leak", "ChosenAfterwards", "MissingBaseline", "DifferentUnits");
    }

    private static double Nats(IEnumerable<double> of) => of.Sum(p => p == 0 ? 0 : -p * Math.Log(p));

    private static Matrix<double> Dense(double[][] rows) => Matrix<double>.Build.DenseOfRowArrays(rows);

    private static Matrix<double> Ones(int size) => Matrix<double>.Build.DenseIdentity(size);

    /// <summary>Downhill, until nothing moves.</summary>
    private static double[] ByDescent(double[][] contexts, double[][] vectors, double[] context)
    {
        var (U, V) = (Dense(contexts), Dense(vectors));
        var map = Matrix<double>.Build.Dense(U.ColumnCount, V.ColumnCount);
        for (var step = 0; step < 5_000; step++) map -= 0.05 * (U.Transpose() * (U * map - V));
        return [.. Vector<double>.Build.Dense(context) * map];
    }
}
