using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Lessons;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Questions;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Experiments;

/// <summary>A model that learns from text once, and from each of several sets of answers.</summary>
[Collection(nameof(Alone))]
public sealed class FineTunedTests
{
    private const int Seed = 3, Sets = 4;

    private static readonly Scale Scale = Small.Scale with
    {
        Name = "Few", TrainTokens = 3_000, TestDocuments = 20, Labels = 42,
    };

    private static readonly Labels World =
        new("tiny", [new("topic", (language, _) => new LatentLabel(language, Latent.Topic))]);

    private static readonly PretrainThenFineTune Strategy = new() { PretrainingShare = 1, Epochs = 3 };

    private static FineTuned Arm => new("pre-trained", Strategy) { Sets = Sets };

    private static FineTuned Scratch => new("scratch", Strategy with { PretrainingShare = 0 }) { Sets = Sets };

    private static Material Drawn(int seed = Seed) => World.Draw(Scale, seed).Material;

    private static (IDistribution Model, RunResult Result) Make(Arm arm, int seed = Seed,
        Action<RunEvent>? onEvent = null) => arm.Make("run", Drawn(seed), Scale, seed, onEvent ?? (_ => { }));

    private static string Said(IDistribution reader) =>
        string.Join(' ', ((IConditionalDistribution)reader).LogProbabilities(Drawn().GoalData.Test.Examples)
            .Select(logs => $"{logs[0]:R}"));

    [Fact]
    public void Sets_of_answers_are_equally_large_and_have_no_text_in_common()
    {
        var data = Drawn().GoalData;
        var sets = AnswerSets.Of(data, Sets);
        Assert.Equal([10, 10, 10, 10], sets.Select(set => set.Train.Rows));
        Assert.Equal(data.Train.Sources!.Take(40), sets.SelectMany(set => set.Train.Sources!));
        Assert.Equal(data.Train.Documents.Take(40), sets.SelectMany(set => set.Train.Documents));
    }

    [Fact]
    public void No_fine_tuning_sees_a_text_that_it_is_tested_on() =>
        Assert.All(AnswerSets.Of(Drawn().GoalData, Sets), set => Assert.Same(set.Train, set.Test));

    [Fact]
    public void One_set_or_more_than_answers_are_refused_in_one_sentence()
    {
        Assert.Matches("^Answers are cut into 1 sets: [^.]*two[^.]*\\.$",
            Assert.Throws<ArgumentException>(() => Make(Arm with { Sets = 1 })).Message);
        Assert.Matches("^42 answers cannot be cut into 43 sets: [^.]*Labels\\.$",
            Assert.Throws<ArgumentException>(() => Make(Arm with { Sets = 43 })).Message);
    }

    [Fact]
    public void The_same_seed_makes_the_same_readers_to_the_last_bit_and_another_makes_others()
    {
        var first = Make(Arm);
        Assert.Equal(Sets, Readers.Of(first.Model).Count);
        Assert.Equal(Said(first.Model), Said(Make(Arm).Model));
        Assert.NotEqual(Said(first.Model), Said(Make(Arm, Seed + 1).Model));
        Assert.Distinct(Readers.Of(first.Model).Select(Said));
    }

    [Fact]
    public void The_ledger_counts_one_fine_tuning_and_what_came_before_it_once()
    {
        var (material, result) = (Drawn(), Make(Arm).Result);
        var (scratch, tokens) = (Make(Scratch).Result, AnswerSets.Of(Drawn().GoalData, Sets).Average(s =>
            (double)s.Train.Tokens));
        Assert.Equal((10, (long)(3 * tokens)), (scratch.Labels, scratch.Tokens));

        // the stages that a training for itself has
        using var generator = new Generator(1);
        using var model = Strategy.Build(material.Config(Scale), generator);
        Plan plan = new(Scale.TrainTokens, Scale.Schedule, new(material.Goal.Objective,
            AnswerSets.Of(material.GoalData, Sets)[0]), material.Data);
        var before = Strategy.Stages(model, plan)[0];
        var text = new Trainer("text", model, before.Aims[0], Scale.Options, generator).Train([before], _ => { });
        Assert.Equal(10, result.Labels);
        Assert.InRange(result.Tokens, text.Tokens + scratch.Tokens - 1, 1.05 * (text.Tokens + scratch.Tokens));
        Assert.InRange(result.Flops, 0.95 * (text.Flops + scratch.Flops), 1.05 * (text.Flops + scratch.Flops));
    }

    [Fact]
    public void What_a_run_will_compute_is_predicted_with_the_fine_tunings_on_all_sets()
    {
        var scale = Scale with { Labels = 40 };
        var material = World.Draw(scale, Seed).Material;
        Assert.Equal(Scratch.Make("run", material, scale, Seed, _ => { }).Result.Flops,
            Scratch.Flops(scale, material) / Sets, 1.0);
        Assert.True(Arm.Flops(scale, material) > Scratch.Flops(scale, material));
    }

    [Fact]
    public void Its_events_are_those_of_pre_training_and_one_of_the_fine_tunings()
    {
        var events = new List<RunEvent>();
        var result = Make(Arm, onEvent: events.Add).Result;
        Assert.Equal(["pre-training", "fine-tuning"], events.Select(e => e.Stage).Distinct());
        Assert.Single(events, e => e.Stage == "fine-tuning");
        Assert.Equal((result.TestLoss, result.Flops), (events[^1].TestLoss, events[^1].Flops));
    }

    [Fact]
    public void Fine_tuning_on_a_set_begins_with_what_was_learned_from_the_text()
    {
        // with the head alone trained, what the body says is that of pre-training, and the same for every set
        var readers = Readers.Of(Make(Arm with { Strategy = Strategy with { Probe = true } }).Model)
            .Cast<Classifier>().Select(reader => reader.Model).ToList();
        string Body(Model model) => string.Join(' ', model.Body.Module.parameters().SelectMany(p =>
            p.data<float>().ToArray()));
        Assert.Single(readers.Select(Body).Distinct());
        var drawn = Readers.Of(Make(Scratch with { Strategy = Strategy with { Probe = true, PretrainingShare = 0 } })
            .Model).Cast<Classifier>().First().Model;
        Assert.NotEqual(Body(drawn), Body(readers[0]));
    }

    [Fact]
    public void Shuffled_texts_keep_their_words_and_lose_their_order()
    {
        var text = Drawn().Data.Single(d => d.SourceVocabulary is null);
        var shuffled = Rewording.Of(text, Wording.Shuffled, Seed);
        foreach (var (was, now) in new[] { (text.Train, shuffled.Train), (text.Test, shuffled.Test) })
        {
            Assert.Equal(was.Documents.Select(d => string.Join(' ', d.Order())),
                now.Documents.Select(d => string.Join(' ', d.Order())));
            Assert.NotEqual(was.Documents, now.Documents);
        }
        Assert.NotEqual(text.Hash, shuffled.Hash);
        Assert.Equal(shuffled.Train.Documents, Rewording.Of(text, Wording.Shuffled, Seed).Train.Documents);
        Assert.NotEqual(Said(Make(Arm).Model), Said(Make(Arm with { Wording = Wording.Shuffled }).Model));
        Assert.Equal(Said(Make(Scratch).Model), Said(Make(Scratch with { Wording = Wording.Shuffled }).Model));
    }

    [Fact]
    public void A_foreign_text_has_another_word_for_each_word_and_the_same_structure()
    {
        var text = Drawn().Data.Single(d => d.SourceVocabulary is null);
        var foreign = Rewording.Of(text, Wording.Foreign, Seed);
        var pairs = text.Train.Documents.SelectMany(d => d).Zip(foreign.Train.Documents.SelectMany(d => d)).ToHashSet();
        Assert.Equal(pairs.Count, pairs.Select(p => p.First).Distinct().Count());
        Assert.Equal(pairs.Count, pairs.Select(p => p.Second).Distinct().Count());
        Assert.True(pairs.Count(p => p.First == p.Second) < pairs.Count / 4);
        Assert.DoesNotContain(pairs, p => p.Second == text.Start);
        Assert.NotEqual(Said(Make(Arm).Model), Said(Make(Arm with { Wording = Wording.Foreign }).Model));
    }

    [Fact]
    public void Pre_training_on_the_asked_texts_alone_is_done_for_each_set_anew()
    {
        var own = Arm with { Strategy = Strategy with { OwnTextEpochs = 2 } };
        var (model, result) = Make(own);
        // ten texts a set: read twice as texts, and three times with their answers
        var texts = AnswerSets.Of(Drawn().GoalData, Sets).Average(set => set.Train.Tokens);
        Assert.InRange(result.Tokens, 5 * texts, 5 * texts + 2 * 20 * own.At(Scale).Options.BatchRows);
        Assert.NotEqual(Said(Make(Scratch).Model), Said(model));
        // what all sets have in common is the model as it was drawn
        string Weights(Model m) => string.Join(' ', m.parameters().SelectMany(p => p.data<float>().ToArray()));
        Assert.Equal(Weights(((Readers)Make(Scratch).Model).Before!), Weights(((Readers)model).Before!));
    }

    [Fact]
    public void Beside_an_auxiliary_objective_the_answers_are_read_as_often()
    {
        var half = Arm with { Strategy = Strategy with { Auxiliary = 0.5 } };
        var (plain, aided) = (Make(Arm).Result, Make(half).Result);
        var texts = AnswerSets.Of(Drawn().GoalData, Sets).Average(set => set.Train.Tokens);
        Assert.InRange(aided.Tokens - plain.Tokens, 0, 3 * texts + 20 * half.At(Scale).Options.BatchRows);
        Assert.NotEqual(Said(Make(Arm).Model), Said(Make(half).Model));
    }

    [Fact]
    public void Accuracy_is_the_mean_of_the_readers_and_not_that_of_their_vote()
    {
        var data = Drawn().GoalData;
        var truth = World.Draw(Scale, Seed).Truth;
        IConditionalDistribution Always(int answer) => new Constant(answer, data.Vocabulary);
        double Of(IDistribution model) => AnswerMeasurements.OfAccuracy.Of(truth, model, data);
        var (zero, one) = (Of(Always(0)), Of(Always(1)));
        Assert.NotEqual(zero, one);
        Assert.Equal((2 * zero + one) / 3, Of(new Readers([Always(0), Always(0), Always(1)])), 1e-12);
    }

    public static TheoryData<FineTuned> Kinds =>
        new(Scratch, Arm, new FineTuned("words", new WordVectorsThenFineTune { Epochs = 2 }) { Sets = 2 });

    [Theory, MemberData(nameof(Kinds))]
    public void A_run_leaves_no_tensor_behind_but_those_of_its_models(FineTuned arm)
    {
        static long Left(Action work)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var before = Tensor.TotalCount;
            using (NewDisposeScope()) work();
            return Tensor.TotalCount - before;
        }
        using var generator = new Generator(1);
        Model Built() => arm.Strategy.Build(Drawn().Config(Scale), generator);
        Make(arm);      // what is made once and kept
        var kept = Left(() => Built());
        // a reader for each set, and the pre-trained model
        Assert.Equal((1 + arm.Sets) * kept, Left(() => Make(arm)));
    }

    /// <summary>Always says the same.</summary>
    private sealed record Constant(int Answer, int Vocabulary) : IConditionalDistribution
    {
        public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
            [.. examples.Select(e => e.Target.Select(id => Math.Log(Next(e.Source, [])[id])).ToArray())];

        public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) =>
            [.. Enumerable.Range(0, Vocabulary).Select(answer => answer == Answer ? 0.9 : 0.1 / (Vocabulary - 1))];
    }
}
