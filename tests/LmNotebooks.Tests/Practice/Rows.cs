using System.Text.Json.Nodes;
using LmNotebooks.Practice;
using LmNotebooks.Records;

namespace LmNotebooks.Tests.Practice;

/// <summary>The answers to all exercises, one file a notebook.</summary>
internal static partial class Rows
{
    public static IReadOnlyList<Row> All { get; } =
    [
        .. StartHere(), .. KnownLanguage(), .. BuildingATransformer(), .. Architectures(), .. WhatAModelKnows(),
        .. RealText(), .. InStages(), .. Pretraining(), .. Sharing(), .. ManyTasks(),
        .. ZeroShots(),
    ];

    private static Row Found(Exercise<Flaw?> exercise, Flaw flaw) => Row.Of(exercise, flaw,
        [(Flaw)(int)flaw, Enum.Parse<Flaw>($"{flaw}", ignoreCase: true), Enum.GetValues<Flaw>()[(int)flaw]],
        [.. Enum.GetValues<Flaw>().Where(f => f != flaw).Select(f => (Flaw?)f), (Flaw)99], [null]);

    private static RunRecord Ran(string strategy = "Joint { Name = Joint }", long train = 20_000, long? read = null,
        int width = 64, int seed = 1, double flops = 1e12, string[]? stages = null, string[]? lists = null,
        bool finished = true) => new(
            new("lesson", "arm", new JsonObject
            {
                ["scale"] = "Laptop",
                ["arm"] = new JsonObject
                {
                    ["strategy"] = strategy, ["trainTokens"] = train,
                    ["model"] = new JsonObject([KeyValuePair.Create("width", (JsonNode?)width),
                        .. (lists ?? []).Select(l => l.Split('=')).Select(l => KeyValuePair.Create(l[0],
                            JsonNode.Parse(l[1])))]),
                },
            }, seed, "cpu", 1, "0000", "0000", new Dictionary<string, string>(), DateTimeOffset.UnixEpoch),
            [.. (stages ?? ["joint"]).Select((s, i) => new RunEvent(s, i + 1, i, 1, 1, 2, 2))],
            finished ? new RunResult(1000, 1000, read ?? train, 0, flops, flops, 1, 2) : null, []);
}
